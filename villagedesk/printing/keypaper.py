"""恢复密钥 (papers.md §6.21): four rows of digits to be locked away.  No machine foot, no fingerprint, no code of a record."""

from dataclasses import replace

from villagedesk.printing.about import About
from villagedesk.printing.boxes import at, box, code, group, index
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import FORM, WIDTH
from villagedesk.printing.paper import Ink, Mark, Strip, Table, centred, gap, glued, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, NOTE, Pen, Style
from villagedesk.printing.setting import Run, set_paragraph
from villagedesk.printing.tables import Cell, label, row, value
from villagedesk.printing.titles import title

_SHEET = replace(FORM, top=26.0, follow=26.0, number=0.0)
_NAME, _GROUP, _ROW = 12.0, 31.5, 17.0
_DIGITS, _SIDE = 22.0, 42.0
_KEEPERS = (24.0, 33.0, 33.0, 33.0, 33.0)
_LINE = Style(12.0, 12.0, 17.6)
NOTE_AT_FOOT = "本页含密钥，不编号码，不作校验指纹。存成过文件的，打完当场删掉。"
RULES = (
    "一、打开村务台的“用恢复密钥”，按甲、乙、丙、丁的次序输入上面的数字，空格不用输；有扫码枪的，可以扫左边的码。",
    "二、打印两份：一份由村党组织书记或主任保管，一份装信封密封、骑缝签名盖章后交镇里保管。",
    "三、不拍照、不上传、不用微信传送，不与电脑放在一处。",
    "四、用过一次，或者发现信封拆动、保管人变动，立即在程序里做一把新的，旧的这张当面销毁并登记。",
)
"""How to use it; four sentences."""


def recovery_paper(words: str, about: About, made: str) -> Pdf:
    """`words` as `keys.recovery_words` gives them: four rows of a name, four groups of five digits, and a check; `made` the day."""
    (name,) = centred(title("恢复密钥（纸质保管件）"))
    strips = [replace(name, height=14.5), *_head(about, made), gap(4.0)]
    strips += [*_caption("密钥正文（16组，每组5位；行末两位是该行的校验数）"), *_digits(words), gap(5.0)]
    strips += [_use(words), _checked(), *_keepers()]
    return printed(strips, about, title="恢复密钥", number="", seals=False, frame=_SHEET, note=NOTE_AT_FOOT)


def _head(about: About, made: str) -> list[Strip]:
    table = Table()
    cells = [label("所属单位", 22.0), value([about.org_name], 66.0), label("制作日期", 22.0), value([made], 46.0)]
    use = [label("用途", 22.0), value(["忘口令、换电脑时用"], WIDTH - 22.0)]
    return glued([*row(table, cells, least=9.0), *row(table, use, least=9.0)])


def _caption(text: str) -> list[Strip]:
    return [Strip(6.4, (at(text, 0.0, 0.0, CELL, role="hei"),), glue=True)]


def _digits(words: str) -> list[Strip]:
    table, strips = Table(), []
    edges = tuple(_NAME + n * _GROUP for n in range(5))
    for n, line in enumerate(words.splitlines()):
        name, *groups, check = line.split()
        inks = [group(name, 0.0, 0.0, _NAME, _ROW, 16.0)]
        marks: list[Mark] = []
        for k, digits in enumerate(groups):
            inks.append(group(digits, edges[k], 0.0, _GROUP, _ROW, _DIGITS))
            marks.append(index(n * 4 + k + 1, edges[k], 0.0))
        inks.append(
            at(check, (edges[4] + WIDTH) / 2, (_ROW - 5.6) / 2, Style(16.0, 16.0, 16.0), role="song", align="centre")
        )
        strips.append(Strip(_ROW, tuple(inks), glue=True, table=table, rules=edges, marks=tuple(marks)))
    return strips


def _use(words: str) -> Strip:
    """The code with the rules beside it, and where to fold."""
    inks: list[Ink] = []
    y = 0.0
    for text in RULES:
        for line in set_paragraph([Run(text)], _LINE.cells(WIDTH - _SIDE - 6.0), advance=advance, justify=False):
            inks.append(Ink(line, _SIDE + 6.0, y, _LINE))
            y += _LINE.step
    digits = "".join(char for char in words if char.isdigit())

    def folds(pen: Pen, left: float, top: float) -> None:
        for at_ in (99.0, 198.0):
            pen.rule(8.0, at_, 14.0, at_, 0.18)
            pen.rule(196.0, at_, 202.0, at_, 0.18)

    return Strip(max(y, _SIDE) + 4.0, tuple(inks), glue=True, marks=(code(digits, 0.0, 0.0, _SIDE), folds))


def _checked() -> Strip:
    text = at("核对：打印后请当场输入一次，程序说“对了”再封存。", 0.0, 0.0, CELL, role="hei")
    tick = CELL.width(text.line.end) + 5.0
    return Strip(8.0, (text, at("已核对", tick + 4.6, 0.0)), glue=True, marks=(box(tick, 0.4),))


def _keepers() -> list[Strip]:
    table = Table()
    heads = ("份别", "保管人（签名）", "见证人（签名）", "封存日期", "启封或销毁日期")
    strips = row(table, [label(word, width, NOTE) for word, width in zip(heads, _KEEPERS, strict=True)], least=9.0)
    for copy in ("第1份", "第2份"):
        strips += row(
            table, [value([copy], _KEEPERS[0], centred=True), *(Cell(width) for width in _KEEPERS[1:])], least=13.0
        )
    return glued(strips[:-1]) + strips[-1:]
