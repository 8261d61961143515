"""Every kind is described so that its readers can read it: values, rows, schema, labels."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Desks, few
from tests.kinds.schema import FOLDER, written
from tests.making import random_records, random_values
from tests.unit.store.filling import raw
from villagedesk.actions import write
from villagedesk.actions.office import Office
from villagedesk.base import ids
from villagedesk.records import upgrades
from villagedesk.records.kind import Attachment, Choice, Part, Record, Shape, Travels, columns, fields, rules, shown
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.town import Verdict
from villagedesk.records.values import checked, dumped, parsed
from villagedesk.store import queries
from villagedesk.store.tables import TABLES

HAN = re.compile(r"[\u4e00-\u9fff]")
each = pytest.mark.parametrize("cls", KINDS.values(), ids=list(KINDS))


def parts(cls: type[Record] | type[Part]) -> list[type[Record] | type[Part]]:
    """A kind and every part inside it."""
    return [cls, *(p for a in fields(cls) if a.part for p in parts(a.part))]


# --- the description --------------------------------------------------------------------------------


def test_keys_and_names_are_each_given_once() -> None:
    assert [cls.kind.key for cls in KINDS.values()] == list(KINDS)
    assert len({cls.kind.name for cls in KINDS.values()}) == len(KINDS)
    assert all(re.fullmatch("[a-z][a-z_]{2,30}", key) for key in KINDS)


@each
def test_fields_come_in_the_order_of_their_groups(cls: type[Record]) -> None:
    groups = list(cls.kind.groups)
    places = [groups.index(a.ask.group or groups[0]) for a in fields(cls)]

    assert places == sorted(places)
    assert set(places) == set(range(len(groups)))


@each
def test_labels_are_chinese_and_each_given_once(cls: type[Record]) -> None:
    for part in parts(cls):
        found = [a.label for a in fields(part)]
        assert len(set(found)) == len(found), part
        assert all(HAN.search(label) for label in found), part
    assert len({c.label for c in columns(cls).values()}) == len(columns(cls))


@each
def test_options_have_chinese_labels_of_their_own(cls: type[Record]) -> None:
    for part in parts(cls):
        for asked in fields(part):
            labels = [option.label for option in asked.options]
            assert len(set(labels)) == len(labels)
            assert all(HAN.search(label) for label in labels)
            assert all(re.fullmatch("[a-z0-9_]+", option.value) for option in asked.options)
            assert bool(asked.options) == (asked.shape in (Shape.CHOICE, Shape.TICKS))


def test_a_verdict_is_a_choice_like_the_others() -> None:
    assert [(v.value, v.label, Verdict(v.label)) for v in Verdict] == [
        ("accept", "审核通过", Verdict.ACCEPT), ("return", "退回补正", Verdict.RETURN),
    ]  # fmt: skip


@each
def test_the_title_the_number_and_the_summary_are_there(cls: type[Record]) -> None:
    kind, names = cls.kind, {a.name: a for a in fields(cls)}

    assert kind.title in names
    assert any(a.ask.listed for a in names.values())
    assert bool(kind.number) == bool(kind.series)
    assert not kind.number or (names[kind.number].ask.auto and kind.flow.numbering)
    assert not kind.summary or (KINDS[kind.summary].kind.made and KINDS[kind.summary].kind.travels is Travels.ALWAYS)
    assert bool(kind.summary) == (kind.travels is Travels.SUMMARY)
    assert set(kind.levels) <= {"village", "town", "county"}


@each
def test_references_point_at_kinds_there_are(cls: type[Record]) -> None:
    assert {a.ask.refers for part in parts(cls) for a in fields(part) if a.ask.refers} <= set(KINDS)


@each
def test_rules_speak_of_fields_and_stages_there_are(cls: type[Record]) -> None:
    names = {a.name for a in fields(cls)}
    for one in rules(cls):
        assert one.field in names
        assert all(stage in cls.kind.flow for stage in one.at)
        assert one.text.endswith("。") or one.text.endswith("）。")


@each
def test_what_travels_in_a_summary_names_nobody(cls: type[Record]) -> None:
    if cls.kind.summary:
        assert all(a.ask.personal == 0 and a.part is None for a in fields(KINDS[cls.kind.summary]))


@each
def test_no_field_has_the_name_of_a_column_every_row_has(cls: type[Record]) -> None:
    own = {"org", "id", "dev", "seq", "entries", "stage", "edition", "struck", "sv", "title", "doc"}

    assert not own & ({a.name for a in fields(cls) if a.ask.indexed} | set(columns(cls)))


@each
def test_a_description_that_changed_has_a_new_version_and_a_step(cls: type[Record]) -> None:
    kind = cls.kind
    golden = (FOLDER / f"{kind.key}.json").read_text("utf-8")

    assert written(cls) == golden, (
        f"the shape of {kind.key} changed: old bytes must still be read.  Give the kind the next version, add a step to "
        f"records/upgrades.py, and only then write the file anew with `python -P -m tests.kinds.schema`"
    )
    assert all((kind.key, v) in upgrades.STEPS for v in range(1, kind.version))


def test_every_golden_schema_belongs_to_a_kind() -> None:
    assert sorted(p.stem for p in FOLDER.glob("*.json")) == sorted(KINDS)


# --- values -----------------------------------------------------------------------------------------


@each
@given(data=st.data())
def test_values_survive_the_wire(cls: type[Record], data: st.DataObject) -> None:
    record = data.draw(random_records(cls))
    payload = json.dumps(dumped(record), ensure_ascii=False)

    assert parsed(cls, payload) == record
    assert dumped(parsed(cls, payload)) == dumped(record)
    assert parsed(cls, payload.encode()) == record


@each
@given(data=st.data())
def test_what_is_shown_can_be_saved_again_without_a_change(cls: type[Record], data: st.DataObject) -> None:
    record = data.draw(random_records(cls))
    names = {a.name for a in fields(cls)}
    typed = {k: v for k, v in dumped(record).items() if k in names}

    assert checked(cls, typed, before=record) == record


@each
@given(data=st.data())
def test_every_value_can_be_told_in_words(cls: type[Record], data: st.DataObject) -> None:
    record = data.draw(random_records(cls))

    assert isinstance(record.title, str)
    for asked in fields(cls):
        value = getattr(record, asked.name)
        text = shown(value)
        assert not any(word in text for word in ("None", "True", "False", "<", "Choice")) or "<" in str(value)
        parts = value if isinstance(value, list) else [value]
        assert (text == "") == all(one in (None, "") or (isinstance(one, Part) and not shown(one)) for one in parts), (
            asked.name
        )


@each
@given(data=st.data())
def test_random_values_hold_every_line_with_a_lid_of_its_own(cls: type[Record], data: st.DataObject) -> None:
    record = checked(cls, data.draw(random_values(cls)), program=True)
    for asked in fields(cls):
        if asked.shape is Shape.LINES:
            lids = [line.lid for line in getattr(record, asked.name)]
            assert len(set(lids)) == len(lids)
            assert all(lids)


@each
def test_an_empty_record_is_told_all_that_is_missing(cls: type[Record]) -> None:
    from villagedesk.base.errors import NotValid

    needed = [a.name for a in fields(cls) if a.required]
    with pytest.raises(NotValid) as error:
        checked(cls, {}, program=True)

    assert [p.field for p in error.value.problems] == needed


@each
def test_a_required_field_may_not_be_empty(cls: type[Record]) -> None:
    from villagedesk.base.errors import NotValid

    for asked in fields(cls):
        if asked.required:
            with pytest.raises(NotValid) as error:
                checked(cls, {asked.name: ""}, program=True)
            assert asked.name in [p.field for p in error.value.problems]


# --- rows -------------------------------------------------------------------------------------------


@each
@few(8)
@given(data=st.data())
def test_a_record_is_read_back_from_its_row(
    cls: type[Record], data: st.DataObject, desks: Desks, tmp_path_factory: pytest.TempPathFactory
) -> None:
    some = data.draw(st.lists(random_records(cls), min_size=1, max_size=4))
    role = cls.kind.levels[0]
    with desks.opened(role, tmp_path_factory.mktemp("row") / "d") as office:
        keys = {ids.new(): record for record in some}
        with office.desk.writing() as session:
            for identifier, record in keys.items():
                write.put(session, office, record, identifier, "set")
        with office.desk.reading() as session:
            found = {k.id: k.record for k in queries.listed(session, office.by, cls)}
            assert found == keys
            assert queries.counted(session, office.by, cls) == len(keys)
        for identifier, record in keys.items():
            assert _cells(office, cls, identifier) == _wanted(record)


def _cells(office: Office, cls: type[Record], identifier: str) -> dict[str, Any]:
    names = [a.name for a in fields(cls) if a.ask.indexed] + list(columns(cls))
    quoted = ", ".join(f'"{name}"' for name in ["title", *names])
    with raw(office) as cursor:
        row = cursor.execute(f"SELECT {quoted} FROM {TABLES[cls.kind.key].name} WHERE id = ?", (identifier,)).fetchone()
    return dict(zip(["title", *names], row, strict=True))


def _wanted(record: Record) -> dict[str, Any]:
    cls = type(record)
    wanted: dict[str, Any] = {"title": record.title}
    for asked in fields(cls):
        if asked.ask.indexed:
            value = getattr(record, asked.name)
            wanted[asked.name] = value.isoformat() if hasattr(value, "isoformat") else getattr(value, "id", value)
    return wanted | {name: one.count(record) for name, one in columns(cls).items()}


def test_choices_are_written_by_value_and_shown_by_label() -> None:
    every = [o for cls in KINDS.values() for part in parts(cls) for a in fields(part) for o in a.options]

    assert all(isinstance(o, Choice) and json.dumps(o) == json.dumps(o.value) and shown(o) == o.label for o in every)
    assert issubclass(Attachment, Part)
