"""What a screen reader would read of the windows: one question a line in, one answer a line out, in JSON.

Run by the system's Python, for the accessibility bus is spoken by its packages and not by ours.  Questions: `keys`, what has
the keys; `all`, everything that is shown; each with the process that is asked about.  Each thing has its role, name, text and
states; one with the keys also the current row of its list.
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
_last: list[Any] = []


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


def shown(process: int) -> Iterator[tuple[Any, Any, int]]:
    """What all windows of a process show."""
    desktop = Atspi.get_desktop(0)
    for program in [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]:
        if program is not None and program.get_process_id() == process:
            for i in range(program.get_child_count()):
                yield from walk(program.get_child_at_index(i))


def with_keys(process: int) -> dict[str, Any] | None:
    """What has the keys, with the current row where it is a list."""
    while GLib.MainContext.default().iteration(False):  # what was told since
        pass
    one = _last[-1] if _last else None
    states = one.get_state_set() if one is not None else None
    here = states is not None and one.get_process_id() == process
    if not here or not states.contains(Atspi.StateType.FOCUSED) or not states.contains(Atspi.StateType.SHOWING):
        return None
    line = next(
        (found for found, *_ in walk(one) if found.get_role_name() in TEXTS), one
    )  # of a box that is typed into
    thing = told(line, states, 0)
    if thing["role"] in ITEMS:
        above = one.get_parent()
        return {**told(above, above.get_state_set(), 0), "row": thing["name"]}
    if thing["role"] in LISTS:
        rows = (
            row.get_name() for row, states, depth in walk(one) if depth and states.contains(Atspi.StateType.FOCUSED)
        )
        thing["row"] = next(rows, "")
    return thing


def note(event: Any) -> None:
    """The keys went somewhere.  The list that drops down under a line has the looks of them; the line has the keys."""
    one = event.source
    if event.detail1 and (one.get_role_name() not in ITEMS or keyed(one.get_parent())):
        _last[:] = [one]


def keyed(one: Any) -> bool:
    return bool(one.get_state_set().contains(Atspi.StateType.FOCUSABLE))


def main() -> None:
    """Answer until nobody asks."""
    listener = Atspi.EventListener.new(note)
    listener.register("object:state-changed:focused")
    for line in sys.stdin:
        what, process = line.split()
        try:
            answer: Any = with_keys(int(process)) if what == "keys" else [told(*thing) for thing in shown(int(process))]
        except GLib.Error:  # a window went while it was read
            answer = None if what == "keys" else []
        print(json.dumps(answer, ensure_ascii=False), flush=True)


main()
