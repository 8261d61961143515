"""What a cell means: the ways people and spreadsheets write a thing, and what is not taken as it stands."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.actions.headings import FIELDS
from villagedesk.actions.meant import bare, is_sum, meant
from villagedesk.records.kinds.people.people import HouseholdTag, Residence, Sex

TODAY = "2026-12-01"
NUMBER = "522731196903045212"


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("name", " 罗 正 华 ", "罗正华"), ("name", "王·阿依", "王·阿依"), ("name", "罗𬭎\u200b", "罗𬭎"), ("name", "John Smith", "John Smith"),
        ("born", "1969-03-04", "1969-03-04"), ("born", "1969.3.4", "1969-03-04"), ("born", "1969/3/4 0:00:00", "1969-03-04"),
        ("born", "1969年3月4日", "1969-03-04"), ("born", "19690304", "1969-03-04"), ("born", "19690304.0", "1969-03-04"),
        ("born", "69.3.4", "1969-03-04"), ("born", "690304", "1969-03-04"), ("born", "１９６９－０３－０４", "1969-03-04"),
        ("born", "1969。3。4", "1969-03-04"), ("born", "无", ""),
        ("id_number", NUMBER, NUMBER), ("id_number", f"'{NUMBER}", NUMBER), ("id_number", f'="{NUMBER}"', NUMBER),
        ("id_number", "522731 19690304 5212", NUMBER), ("id_number", "５２２７３１１９６９０３０４５２１２", NUMBER),
        ("id_number", "11010519491231002x", "11010519491231002X"), ("id_number", "", ""),
        ("phone", "13985401234.0", "13985401234"), ("phone", "139 8540 1234", "13985401234"), ("phone", "/", ""),
        ("group", "8.0", "8"), ("group", " 辉油 组", "辉油组"), ("number", "12.0", "12"), ("number", "辉油001", "辉油001"),
        ("sex", "男", Sex.MALE), ("sex", "女 性", Sex.FEMALE), ("residence", "外出务工", Residence.AWAY), ("party_member", "中共党员", True),
        ("party_member", "群众", False), ("nation", "布依", "布依族"), ("nation", "苗族", "苗族"), ("nation", "其他", "其他"),
        ("relation", "本人", "户主"), ("relation", "儿子", "儿子"), ("tags", "脱贫户、低保户", [HouseholdTag.LIFTED, HouseholdTag.ALLOWANCE]),
        ("tags", "一般户", []), ("address", "（大树脚）12号", "（大树脚）12号"), ("remark", "a\u00a0b", "a b"),
    ],
)  # fmt: skip
def test_a_cell_is_taken_however_it_is_written(field: str, cell: str, value: Any) -> None:
    assert meant(field, cell, TODAY) == (value, "", False)


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ("id_number", "5.22731E+17", "身份证号被表格改成了5.22731E+17，后面几位已经丢了。先把这一列设成“文本”格式，再照证件重新填。"),
        ("id_number", "522731196903045000", "末三位是000，多半是表格改坏的。请照证件核对；真是000的，留空先收，再到这个人的登记里填。"),
        ("id_number", "5227311969030452110", "身份证号应当是18位，这里是19位，或者有别的字。请照证件改。"),
        ("phone", "1.39855E+10", "电话被表格改成了1.39855E+10，后面几位已经丢了。请把这一列设成“文本”格式，再重新填。"),
        ("born", "3.4", "“3.4”不是日期。请写年月日，比如 1969-03-04。"),
        ("born", "1969-02-30", "“1969-02-30”不是日期。请写年月日，比如 1969-03-04。"),
        ("born", "昨天", "“昨天”不是日期。请写年月日，比如 1969-03-04。"), ("born", "2027-01-01", "2027-01-01还没有到，请核对。"),
        ("born", "#######", "格子太窄，只剩一串#号。请在表里把这一列拉宽，再复制一次。"),
        ("sex", "#REF!", "表格里这一格算错了（#REF!），请填上原来的内容。"), ("sex", "公", "没有“公”这个选项。性别请写“男”或“女”。"),
        ("tags", "富裕户", "没有“富裕户”这种户类型，可以写：脱贫户、监测户、低保、特困、军属、其他。"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_left_out(field: str, cell: str, said: str) -> None:
    assert meant(field, cell, TODAY) == ("", said, False)


@pytest.mark.parametrize(
    ("field", "cell", "value", "said"),
    [
        ("id_number", "522731690304521", "522731690304521", "是15位的老号码，照收。"),
        ("id_number", "522731196903045218", "522731196903045218", "身份证号的日期或校验码不对，请照证件核对（老证件可能有误，可以照收）。"),
        ("born", "1969.3", "", "只有“1969.3”，没有写到日，这一项没有收。"), ("born", "196903", "", "只有“196903”，没有写到日，这一项没有收。"),
        ("born", "25266", "1969-03-04", "“25266”按表格的日期序号读成1969年3月4日，请核对。"),
    ],
)  # fmt: skip
def test_what_should_be_looked_at_is_said(field: str, cell: str, value: str, said: str) -> None:
    assert meant(field, cell, TODAY) == (value, said, True)


def test_sums_and_signatures_are_no_people() -> None:
    assert [is_sum(row) for row in (["", "合 计", "3人"], ["制表人：罗倩"], ["1", "罗正华"], ["", ""])] == [
        True,
        True,
        False,
        False,
    ]


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=40))
def test_whatever_stands_in_a_cell_is_read_or_said(field: str, cell: str) -> None:
    value, said, warn = meant(field, cell, TODAY)
    assert said or not warn
    assert value == "" or not said or warn or field in ("name", "head")
    assert bare(bare(cell)) == bare(bare(bare(cell)))
