"""What a screen reader would read of the windows: one question a line in, one answer a line out, in JSON.

Run by the system's Python, for the accessibility bus is spoken by its packages and not by ours.  Questions: `keys`, what has
the keys; `all`, everything that is shown.  Each thing has its role, name, text and states; a thing with the keys also the
current row of its list.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

MOST = 60
"""Children of one thing that are read."""
STATES = ("FOCUSED", "FOCUSABLE", "EDITABLE", "CHECKED", "SELECTED", "SENSITIVE", "ACTIVE")
TEXTS = ("text", "entry", "password text")
ITEMS = ("list item", "table cell", "tree item")
LISTS = ("list", "table", "tree")


def told(one: Any, depth: int) -> dict[str, Any]:
    """One thing, as it is read out."""
    role, states = one.get_role_name(), one.get_state_set()
    text = Atspi.Text.get_text(one, 0, -1) if role in TEXTS else ""
    is_ = [name.lower() for name in STATES if states.contains(getattr(Atspi.StateType, name))]
    return {"role": role, "name": one.get_name(), "text": text, "is": is_, "depth": depth}


def walk(one: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Everything that is shown, from here down."""
    if one is None or not one.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    yield told(one, depth)
    for i in range(min(one.get_child_count(), MOST)):
        yield from walk(one.get_child_at_index(i), depth + 1)


def everything() -> list[dict[str, Any]]:
    """What all windows show."""
    desktop = Atspi.get_desktop(0)
    programs = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
    windows = [one.get_child_at_index(i) for one in programs if one for i in range(one.get_child_count())]
    return [thing for window in windows for thing in walk(window)]


def with_keys(things: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What has the keys; the current row of a list says it has them whether its list has or not."""
    found = None
    for thing in things:
        if "focused" not in thing["is"]:
            continue
        if thing["role"] not in ITEMS:
            found = thing
        elif found and found["role"] in LISTS:
            found.setdefault("row", thing["name"])
    return found


def main() -> None:
    """Answer until nobody asks."""
    for line in sys.stdin:
        try:
            things = everything()
            answer: Any = with_keys(things) if line.strip() == "keys" else things
        except GLib.Error:  # a window went while it was read
            answer = None if line.strip() == "keys" else []
        print(json.dumps(answer, ensure_ascii=False), flush=True)


main()
