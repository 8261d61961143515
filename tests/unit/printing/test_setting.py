"""Chinese line breaking: examples by table, and what must hold of every paragraph."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import WORDS
from villagedesk.printing.marks import NO_END, NO_START, bonded
from villagedesk.printing.setting import Run, one_line, set_paragraph, spread


def advance(_role, char):
    return 0.5 if char.isascii() or char == "·" else 1.0


def lines_of(text, measure, **more):
    return [line.text for line in set_paragraph([Run(text)], measure, advance=advance, **more)]


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("", 10, []),
        ("　 ", 10, []),
        ("好花红", 10, ["好花红"]),
        # a stop at the end of a line takes half a cell
        ("会议开始，村民到会", 4.5, ["会议开始，", "村民到会"]),
        # no line begins with a mark: it is pulled in by halving another one
        ("同意，不同意，弃权的人举手了", 7, ["同意，不同意，", "弃权的人举手了"]),
        ("村民《章程》讨论通过了", 5.5, ["村民《章程》", "讨论通过了"]),
        # no line ends with an opening mark
        ("全体村民（代表）到会了", 5, ["全体村民", "（代表）到", "会了"]),
        ("他说：“走。”大家就都走了", 6, ["他说：“走。”", "大家就都走了"]),
        ("一二三四五——六七八九十", 6, ["一二三四", "五——六七八", "九十"]),
        # numbers with their units, document numbers, whole dates
        ("工程全长一共1.86公里路", 8, ["工程全长一共", "1.86公里路"]),
        ("依据惠府办发〔2026〕23号文件", 9, ["依据惠府办发", "〔2026〕23号文件"]),
        ("会议是2026年11月18日开的", 9, ["会议是", "2026年11月18日开的"]),
        # one han alone makes no line
        ("一二三四五六七八九", 8, ["一二三四五六七", "八九"]),
        # an unbreakable word longer than the line is cut after all
        ("A" * 30, 10, ["A" * 20, "A" * 10]),
        ("。" * 8, 2, ["。。。。", "。。。。"]),
    ],
)
def test_lines(text, measure, expected):
    assert lines_of(text, measure, justify=False) == expected


def test_a_line_too_long_by_a_rounding_error_still_fits():
    # Dig's C is 0.722 em: the sum was 2e-15 over, with no mark to halve
    text = "采用C25混凝土，按月公布。公益岗位5万元，"
    lines = set_paragraph([Run(text)], 12, advance=lambda _, c: 0.722 if c == "C" else advance(_, c), first_indent=2)
    assert "".join(line.text for line in lines) == text


def test_bonded_names_stay_together():
    names = "、".join(bonded(name) for name in ("罗朝俊（外出务工）", "吴昌平（住院）", "龙菊（照顾病人）"))
    assert lines_of(names, 16, justify=False) == ["罗朝俊（外出务工）、", "吴昌平（住院）、龙菊（照顾病人）"]


def test_capitals_are_never_cut_between_yuan_and_zheng():
    assert lines_of("合计叁仟贰佰元整", 7, justify=False)[0] != "合计叁仟贰佰元"


def test_marks_that_meet_share_their_blanks():
    line = one_line([Run("《甲》（乙）、“丙。”")], advance)
    assert "".join(glyph.char for glyph in line.glyphs if glyph.half) == "》）、。”"
    assert line.end == 8.5


def test_a_full_line_fills_the_measure_and_the_last_one_does_not():
    lines = set_paragraph([Run("村民代表会议讨论并通过了这个方案")], 5.2, advance=advance)
    assert [round(line.end, 9) for line in lines[:-1]] == [5.2] * (len(lines) - 1)
    assert lines[-1].gap == 0


def test_indents_shift_the_first_line_and_hang_the_others():
    lines = set_paragraph([Run("一二三四五六七八九十")], 6, advance=advance, first_indent=2, hanging=1)
    assert [(line.glyphs[0].x, line.text) for line in lines] == [(2, "一二三四"), (1, "五六七八九"), (1, "十")][
        : len(lines)
    ]


def test_an_items_number_is_not_read_as_a_decimal():
    line = one_line([Run("1.", kern=0.2), Run("2026年")], advance)
    assert [glyph.x for glyph in line.glyphs[:3]] == [0, 0.5, 1.2]


def test_runs_keep_their_roles_and_blanks_within():
    line = one_line([Run("罗正华", "hei"), Run("：同意 ")], advance)
    assert [(glyph.char, glyph.role) for glyph in line.glyphs] == [
        *((char, "hei") for char in "罗正华"),
        *((char, "fang") for char in "：同意"),
    ]


def test_what_has_no_ink_is_left_out():
    assert one_line([Run("罗\u200b正\ufe0f华\x07\n到\u00a0会")], advance).text == "罗正华 到 会"


def test_a_label_is_spread_from_edge_to_edge():
    assert [glyph.x for glyph in spread("召集人", 4, "hei", advance).glyphs] == [0, 1.5, 3]
    assert spread("村民小组", 4, "hei", advance).end == 4


PARAGRAPHS = st.lists(
    st.sampled_from([*WORDS, "全体村民代表", "的", "（二）", "3,200.00元"]), min_size=1, max_size=60
).map("".join)
MEASURES = st.sampled_from([12.0, 22.0, 28.0, 31.0, 36.0])


@given(PARAGRAPHS, MEASURES, st.booleans())
def test_every_paragraph_keeps_its_words_its_marks_and_its_measure(text, measure, justify):
    lines = set_paragraph([Run(text)], measure, advance=advance, first_indent=2, justify=justify)
    assert "".join(line.text for line in lines) == text
    for line in lines:
        assert line.end <= measure + 1e-6
        assert [a.x < b.x for a, b in zip(line.glyphs, line.glyphs[1:], strict=False)] == [True] * (
            len(line.glyphs) - 1
        )
    for line, after in itertools.pairwise(lines):
        assert after.text[0] not in NO_START or after.text.startswith("——") or _pile(line.text + after.text)
        assert line.text[-1] not in NO_END
        for atom in ("〔2026〕", "3.5米", "68.40万元", "3,200.00元", "C25", "——", "……"):
            assert not _cut(atom, line.text, after.text)


def _pile(text):
    """A heap of marks longer than a line, which has to be cut somewhere."""
    run = longest = 0
    for char in text:
        run = run + 1 if char in NO_START else 0
        longest = max(longest, run)
    return longest > 12


def _cut(atom, before, after):
    return any(before.endswith(atom[:k]) and after.startswith(atom[k:]) for k in range(1, len(atom)))


@given(st.text(max_size=80), st.floats(4, 40), st.booleans())
def test_any_text_at_all_is_set_within_the_measure(text, measure, justify):
    lines = set_paragraph([Run(text)], measure, advance=advance, justify=justify)
    assert all(line.glyphs and line.end <= measure + 1e-6 for line in lines)
    kept = "".join(char for char in text if char.isprintable() and not char.isspace())
    assert [c for line in lines for c in line.text if c in kept] == [
        c for c in kept if c in "".join(x.text for x in lines)
    ]
