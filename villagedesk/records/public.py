"""What may be put up on a wall or shown to everybody: names masked, numbers gone."""

from typing import Any

from villagedesk.base.text import mask_name, mask_number
from villagedesk.records.kind import Door, Part, Record, Ref, shown, told


def masked(asked_personal: int, value: Any) -> str:
    """One value as it may be shown: 0 as it is, 1 a name with its middle hidden, 2 a number likewise, 3 nothing."""
    text = value.name if isinstance(value, Ref) else shown(value)
    return {0: text, 1: mask_name(text), 2: mask_number(text)}.get(asked_personal, "（不公开）") if text else ""


def public(record: Record) -> dict[str, Any]:
    """The public version of a record: label → text, or a list of such for the lines of a list.  Files and scans are left out;
    of what only mediators may read there is no public version."""
    return {} if record.kind.door is Door.MEDIATION else _public(record)


def _public(value: Record | Part) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for asked in told(type(value)):
        inner = getattr(value, asked.name)
        if inner in (None, "", []) or asked.shape == "files":
            continue
        if isinstance(inner, list) and inner and isinstance(inner[0], Part):
            out[asked.label] = [_public(line) for line in inner]
        else:
            out[asked.label] = masked(asked.ask.personal, inner)
    return out
