"""The shape of a kind as it is written into `tests/files/schema`: what old bytes on sticks and in archives look like.

`python -P -m tests.kinds.schema` writes the files anew.  Do that only together with an upgrade step and a new version.
"""

import json
from pathlib import Path
from typing import Any

from villagedesk.records.kind import Part, Record, fields
from villagedesk.records.kinds import KINDS

FOLDER = Path(__file__).parents[1] / "files" / "schema"


def schema(cls: type[Record]) -> dict[str, Any]:
    """What a payload of this kind may hold, and what is done with it."""
    kind = cls.kind
    return {
        "key": kind.key,
        "version": kind.version,
        "levels": list(kind.levels),
        "travels": kind.travels.value,
        "door": kind.door.value,
        "summary": kind.summary,
        "made": kind.made,
        "stages": [{"key": s.key, "after": list(s.after), "seals": s.seals} for s in kind.flow.stages],
        "fields": _fields(cls),
    }


def _fields(cls: type[Record] | type[Part]) -> dict[str, Any]:
    asked = {a.name: a for a in fields(cls)}
    found: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        if name == "stage":
            continue
        one: dict[str, Any] = {"type": str(_plain(cls, name))}
        if info.is_required():
            one["required"] = True
        if name in asked:
            ask = asked[name]
            one["shape"] = ask.shape.value
            one |= {k: v for k in ("personal", "auto", "indexed", "refers") if (v := getattr(ask.ask, k))}
            if ask.options:
                one["options"] = [o.value for o in ask.options]
            if ask.part:
                one["of"] = _fields(ask.part)
        found[name] = one
    return found


def _plain(cls: type[Record] | type[Part], name: str) -> str:
    """The limits as JSON Schema has them, without titles and the parts that stand under `of`."""
    whole = cls.model_json_schema(by_alias=True)["properties"][name]
    return json.dumps(_bare(whole), sort_keys=True, ensure_ascii=False)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k not in ("title", "description")}
    return [_bare(v) for v in value] if isinstance(value, list) else value


def written(cls: type[Record]) -> str:
    return json.dumps(schema(cls), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for key, one in KINDS.items():
        (FOLDER / f"{key}.json").write_text(written(one), "utf-8")
