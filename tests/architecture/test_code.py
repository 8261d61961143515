"""Habits of the house that no linter knows."""

import ast
from pathlib import Path

from villagedesk.actions.terms import Renewal
from villagedesk.records.kind import Part, Record
from villagedesk.records.kinds import KINDS

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "villagedesk"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(HOUSE.rglob("*.py"))}


def calls(name: str) -> list[Path]:
    """The modules that call something of that name, also as an attribute."""
    return [
        path
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name in (getattr(node.func, "attr", ""), getattr(node.func, "id", ""))
    ]


def test_only_taking_in_and_the_journal_itself_put_entries_into_the_journal() -> None:
    assert {p.relative_to(HOUSE).as_posix() for p in calls("insert_many")} == {
        "actions/intake.py",
        "store/journal.py",
    }


def test_records_are_made_by_checked_and_parsed_only() -> None:
    """A constructor tells pydantic's sentences, gives no lids and asks no rule."""
    kinds = {cls.__name__ for cls in KINDS.values()}
    made = {
        (path.relative_to(HOUSE).as_posix(), node.func.id)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds
    }

    assert made == set()


def test_a_box_whose_value_the_wheel_would_change_is_made_nowhere() -> None:
    """`gui/parts/boxes.py` has those that leave the wheel to the page."""
    turned = {
        "QComboBox",
        "QFontComboBox",
        "QSpinBox",
        "QDoubleSpinBox",
        "QDateEdit",
        "QTimeEdit",
        "QDateTimeEdit",
        "QSlider",
        "QDial",
    }
    made = {path.relative_to(HOUSE).as_posix() for name in turned for path in calls(name)}
    based = {
        path.relative_to(HOUSE).as_posix()
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and turned & {base.id for base in node.bases if isinstance(base, ast.Name)}
    }

    assert (made, based) == (set(), {"gui/parts/boxes.py"})


def test_no_module_is_longer_than_500_lines() -> None:
    assert [p.name for p in TREES if len(p.read_text("utf-8").splitlines()) > 500] == []


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    assert [p.name for p, tree in TREES.items() if not (ast.get_docstring(tree) or "").strip()] == []


def test_nothing_asks_what_time_it_is_but_the_clock() -> None:
    def asks(tree: ast.AST) -> bool:
        return any(
            isinstance(n, ast.Call)
            and isinstance(n.func, ast.Attribute)
            and n.func.attr in ("now", "today", "utcnow")
            and isinstance(n.func.value, ast.Name)
            and n.func.value.id in ("datetime", "date")
            for n in ast.walk(tree)
        )

    assert [p.relative_to(HOUSE).as_posix() for p, tree in TREES.items() if asks(tree)] == []


def test_every_kind_and_part_is_frozen() -> None:
    def below(cls: type) -> list[type]:
        return [cls, *(s for c in cls.__subclasses__() for s in below(c))]

    assert all(c.model_config.get("frozen") for base in (Record, Part) for c in below(base))  # type: ignore[attr-defined]


def test_every_kind_stands_on_the_roll() -> None:
    listed = set(KINDS.values())

    forms = {Renewal}  # typed as one form, saved as several records
    assert {c for c in Record.__subclasses__() if c.__module__.startswith("villagedesk.")} - forms == listed
