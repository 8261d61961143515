"""Matters of weight: the steps of 四议两公开 and its variants, laid out when a matter is opened."""

import tomllib
from functools import cache
from typing import Any

from sqlmodel import Session

from villagedesk.base.paths import resource


@cache
def templates() -> dict[str, list[dict[str, str]]]:
    """Variant → its steps in order."""
    data = tomllib.loads(resource("affairs", "steps.toml").read_text("utf-8"))
    return {key: one["steps"] for key, one in data.items()}


def prepared(_: Session, values: dict[str, Any]) -> dict[str, Any]:
    """A matter whose steps nobody has written yet gets those of its variant; a village's own are written by hand."""
    variant = str(values.get("variant") or "four")
    if values.get("steps") or variant not in templates():
        return values
    return {**values, "steps": [dict(one) for one in templates()[variant]]}
