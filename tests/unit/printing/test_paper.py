"""How strips flow over pages."""

from villagedesk.printing.frame import FORM
from villagedesk.printing.paper import Strip, Table, gap, glued, heading, kept, paged, paragraph
from villagedesk.printing.setting import Run
from villagedesk.printing.tables import Cell, label, row, value

TOP, BOTTOM = FORM.top, FORM.bottom


def heights(*amounts):
    return [Strip(amount) for amount in amounts]


def tops(pages):
    return [[round(placed.top, 3) for placed in page] for page in pages]


def test_strips_stand_one_under_the_other_and_go_on_at_the_top_of_the_next_page():
    assert tops(paged(heights(100, 100, 100))) == [[TOP, TOP + 100], [TOP]]


def test_what_is_glued_moves_together():
    assert tops(paged([*heights(100), *glued(heights(50)), *heights(100)])) == [[TOP], [TOP, TOP + 50]]


def test_a_glued_group_longer_than_a_page_is_cut_where_the_page_ends():
    assert [len(page) for page in paged(glued(heights(*[50] * 10)))] == [4, 4, 2]


def test_a_gap_is_dropped_at_the_top_of_a_page():
    assert tops(paged([*heights(232), gap(5), *heights(10)])) == [[TOP], [TOP]]


def test_the_leading_of_the_last_line_may_hang_below_the_type_area():
    strips = paragraph([Run("村" * 31 * 60)])
    pages = paged(strips)
    assert [len(page) for page in pages] == [27, 27, 7]
    assert pages[0][-1].bottom - pages[0][-1].strip.tail <= BOTTOM < pages[0][-1].bottom + 5


def test_two_lines_stay_at_the_foot_and_two_go_to_the_head():
    lines = paragraph([Run("村" * 31 * 4)])
    room = BOTTOM - TOP
    one_fits = paged([Strip(room - lines[0].height - 1), *lines])
    all_but_one_fit = paged([Strip(room - 4 * lines[0].height - 1), *lines])
    assert [len(page) for page in one_fits] == [1, 5]
    assert [len(page) for page in all_but_one_fit] == [4, 2]


def test_a_heading_is_never_the_last_line_of_a_page():
    lines = paragraph([Run("村" * 100)])
    pages = paged([Strip(BOTTOM - TOP - 2 * lines[0].height), *heading("一、会前通报"), *lines])
    assert [len(page) for page in pages] == [1, 1 + len(lines)]


def test_the_head_of_a_table_is_repeated_on_each_page():
    table = Table()
    table.head.extend(glued(row(table, [label("姓名", 156)])))
    rows = [strip for n in range(60) for strip in row(table, [value([str(n)], 156)])]
    pages = paged([*table.head, *rows])
    assert [page[0].strip for page in pages] == [table.head[0]] * 3
    assert sum(len(page) for page in pages) == 60 + 3


def test_a_row_grows_with_its_text_and_is_cut_only_when_taller_than_sixty():
    table = Table()
    short = row(table, [label("列席", 24), value(["村" * 60], 132)])
    tall = row(table, [label("列席", 24), value(["村" * 31 * 40], 132)])
    assert len(short) == 1
    assert [len(page) for page in paged(tall)] == [38, 4]
    assert [strip.opens for strip in tall] == [True] + [False] * (len(tall) - 1)
    assert [ink.line.text for ink in tall[5].again] == ["列席"]


def test_an_empty_row_keeps_its_height():
    assert [strip.height for strip in row(Table(), [label("通知", 24), value([""], 132)])] == [8.2]
    assert [strip.height for strip in kept(row(Table(), [Cell(156)], least=11))] == [11]
