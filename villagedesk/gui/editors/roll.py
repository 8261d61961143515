"""Which editor a field gets: by its shape, and by how much there is to choose from."""

from collections.abc import Callable

from villagedesk.gui.editors.choices import YES_NO, Few, Many, Option, Ticks, Yes
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.files import Files
from villagedesk.gui.editors.line import Day, Line, Moment, Money, Number, Several
from villagedesk.gui.editors.prose import Prose
from villagedesk.gui.editors.reference import Reference
from villagedesk.gui.register import Register
from villagedesk.records.kind import Asked, Shape

FEW = 28
"""Characters of all options together that stand side by side; more make a box."""


def editor_for(asked: Asked, register: Register) -> Editor:
    """The editor of one field."""
    made: dict[Shape, Callable[[], Editor]] = {
        Shape.TEXT: lambda: _text(asked),
        Shape.PROSE: lambda: Prose(lines=8 if asked.most > 2_000 else 4),
        Shape.NUMBER: Number,
        Shape.MONEY: Money,
        Shape.DATE: lambda: Day(personal=asked.ask.personal == 2),
        Shape.MOMENT: Moment,
        Shape.YES: lambda: Yes() if asked.default is not None else Few(YES_NO, needed=False),
        Shape.CHOICE: lambda: _choice(asked),
        Shape.TICKS: lambda: Ticks(_options(asked)),
        Shape.REF: lambda: Reference(register, asked.ask.refers),
        Shape.LINES: lambda: _lines(asked, register),
        Shape.FILES: Files,
    }
    return made[asked.shape]()


def long(asked: Asked) -> bool:
    """Whether what is typed runs over several lines."""
    return asked.shape is Shape.PROSE or (asked.shape is Shape.TEXT and asked.most > 300 and not asked.many)


def few(asked: Asked) -> bool:
    """Whether the options stand side by side."""
    return len(asked.options) <= 5 and sum(len(o.label) + 2 for o in asked.options) <= FEW


def _text(asked: Asked) -> Editor:
    if asked.many:
        return Several()
    return Prose(lines=2) if long(asked) else Line(personal=asked.ask.personal == 2)


def _options(asked: Asked) -> list[Option]:
    return [(option.value, option.label) for option in asked.options]


def _choice(asked: Asked) -> Editor:
    needed = asked.required or asked.default is not None
    return (Few if few(asked) else Many)(_options(asked), needed=needed)


def _lines(asked: Asked, register: Register) -> Editor:
    from villagedesk.gui.editors.lines import Lines  # they are made of fields, which are made of editors

    assert asked.part is not None  # noqa: S101 -- lines are made of parts
    return Lines(asked.part, register, asked.label)
