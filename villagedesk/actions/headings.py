"""The headings of a clerk's sheet of people, and the fields they stand for."""

import json
import re
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from villagedesk.base.text import fold
from villagedesk.records.kind import labels
from villagedesk.records.kinds.people.people import Household, Person
from villagedesk.store import opening

_SAID: dict[str, str] = {
    "name": "姓名 名字 家庭成员姓名 成员姓名 人员姓名 村民姓名",
    "head": "户主 户主姓名 户主名字 户主名称",
    "relation": "与户主关系 和户主关系 关系 户主关系 家庭关系 与户主的关系 称谓",
    "id_number": "身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 居民身份证号码 证件号码 证件号 身份号码 户主身份证号 户主身份证号码",
    "sex": "性别",
    "nation": "民族 族别",
    "born": "出生日期 出生年月日 出生年月 生日 出生时间",
    "phone": "电话 联系电话 手机 手机号 手机号码 电话号码 联系方式 联系号码 户主电话 户主联系电话",
    "group": "村民小组 组 组别 小组 所在组 所属组 组名 村组 村民组 自然寨 寨子 自然村 所在小组",
    "number": "户编号 户号 家庭编号 户编码 户口编号 户籍号",
    "address": "住址 地址 家庭住址 家庭地址 详细地址 现住址 户籍地址 居住地址 门牌号 门牌",
    "tags": "户类型 户属性 农户类型 家庭类型 户类别 类型",
    "former": "曾用名",
    "residence": "户籍状态 户口状态 居住状态 居住情况",
    "party_member": "党员 是否党员 政治面貌",
    "ended_on": "死亡或迁出日期 死亡日期 迁出日期 去世日期 死亡时间 迁出时间 注销日期",
    "remark": "备注 说明 备注说明",
}
"""Field → what it is called on sheets.  `head`, `number`, `address` and `tags` are said of the household, the rest of the person."""

HOUSEHOLD = ("head", "number", "address", "tags")
FIELDS: dict[str, str] = {key: {**labels(Household), **labels(Person)}[key] for key in _SAID}
"""Field → its label, in the order they are offered."""

_SYNONYMS = {fold(word): key for key, words in _SAID.items() for word in words.split()}
_KEPT = "paste.headings"
_TITLES = 8
"""Lines above the headings at the most: the sheet's own title, who made it, the day."""


def plain(heading: str) -> str:
    """A heading without spaces, line breaks, marks, and what stands in brackets."""
    return re.sub(r"\(.*?\)|\[.*?\]|[\W_]", "", fold(heading))


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The row with the headings; -1 when there is none."""
    for at, row in enumerate(rows[:_TITLES]):
        known = {_SYNONYMS.get(plain(cell)) for cell in row} - {None}
        if known & {"name", "head"} and (len(known) > 1 or len([c for c in row if c.strip()]) == 1):
            return at
    return -1


def mapped(headings: Sequence[str], chosen: Mapping[str, str]) -> list[str]:
    """The field of each column, "" where it is not taken; each field once.  What a clerk has `chosen` before goes first."""
    fields: list[str] = [""] * len(headings)
    for known in (chosen, _SYNONYMS):
        for at, heading in enumerate(headings):
            field = known.get(plain(heading), "")
            if field in FIELDS and field not in fields and plain(heading) not in (chosen if known is _SYNONYMS else ()):
                fields[at] = field
    return fields


def chosen_before(session: Session) -> dict[str, str]:
    """Heading → field, as it was when rows were last taken in."""
    kept: dict[str, str] = json.loads(opening.get(session, _KEPT, "{}"))
    return kept


def keep_chosen(session: Session, headings: Sequence[str], fields: Sequence[str]) -> None:
    """Keep the choice where it differs from what the program would have taken, to be offered again."""
    kept = chosen_before(session)
    for heading, field in zip(headings, fields, strict=True):
        word = plain(heading)
        kept.pop(word, None)
        if word and _SYNONYMS.get(word, "") != field:
            kept[word] = field
    opening.put(session, _KEPT, json.dumps(kept, ensure_ascii=False))
