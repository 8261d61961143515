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


def told(one: Any, states: Any, depth: int) -> dict[str, Any]:
    """One thing, as it is read out."""
    role = one.get_role_name()
    text = Atspi.Text.get_text(one, 0, -1) if role in TEXTS else ""
    is_ = [name.lower() for name in STATES if states.contains(getattr(Atspi.StateType, name))]
    return {"role": role, "name": one.get_name(), "text": text, "is": is_, "depth": depth}


def walk(one: Any, depth: int = 0) -> Iterator[tuple[Any, Any, int]]:
    """Everything that is shown, from here down, with its states."""
    states = one.get_state_set() if one is not None else None
    if states is None or not states.contains(Atspi.StateType.SHOWING):
        return
    yield one, states, depth
    for i in range(min(one.get_child_count(), MOST)):
        yield from walk(one.get_child_at_index(i), depth + 1)


def shown() -> Iterator[tuple[Any, Any, int]]:
    """What all windows show."""
    desktop = Atspi.get_desktop(0)
    programs = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
    windows = [one.get_child_at_index(i) for one in programs if one for i in range(one.get_child_count())]
    for window in windows:
        yield from walk(window)


def with_keys() -> dict[str, Any] | None:
    """What has the keys; the current row of a list says it has them whether its list has or not."""
    found = None
    for one, states, depth in shown():
        if states.contains(Atspi.StateType.FOCUSED):
            thing = told(one, states, depth)
            if thing["role"] not in ITEMS:
                found = thing
            elif found and found["role"] in LISTS:
                found.setdefault("row", thing["name"])
    return found


def main() -> None:
    """Answer until nobody asks."""
    for line in sys.stdin:
        try:
            answer: Any = with_keys() if line.strip() == "keys" else [told(*thing) for thing in shown()]
        except GLib.Error:  # a window went while it was read
            answer = None if line.strip() == "keys" else []
        print(json.dumps(answer, ensure_ascii=False), flush=True)


main()
