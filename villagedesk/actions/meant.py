"""What a cell of a sheet means for a field; what cannot be taken as it stands is said, never guessed."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from villagedesk.base.codes import id_number_ok
from villagedesk.base.days import day_typed
from villagedesk.base.text import nfc
from villagedesk.records.kinds.people.people import HouseholdTag, Residence, Sex

Meaning = tuple[Any, str, bool]
"""The value ("" for none), what is to be said of it, and whether that only asks to look again."""

HEAD = ("户主", "本人", "户主本人", "本人或户主")
_NATIONS = (
    " 汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇"
    " 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京"
    " 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 "
)
_SEXES = {"男": Sex.MALE, "男性": Sex.MALE, "女": Sex.FEMALE, "女性": Sex.FEMALE}
_RESIDENCES = {r.label: r for r in Residence} | {
    "常住": Residence.HERE, "在家": Residence.HERE, "在村": Residence.HERE, "外出": Residence.AWAY, "务工": Residence.AWAY,
    "外出务工": Residence.AWAY, "在外": Residence.AWAY,
}  # fmt: skip
_PARTY = dict.fromkeys(
    ("是", "党员", "中共党员", "共产党员", "预备党员", "中共预备党员", "√", "✓"), True
) | dict.fromkeys(("否", "不是", "群众", "团员", "共青团员", "无", "无党派", "无党派人士", "普通群众"), False)
_TAGS = {t.label: t for t in HouseholdTag} | {
    "低保户": HouseholdTag.ALLOWANCE, "特困户": HouseholdTag.SUPPORTED, "五保户": HouseholdTag.SUPPORTED, "五保": HouseholdTag.SUPPORTED,
    "军属户": HouseholdTag.SOLDIER, "建档立卡户": HouseholdTag.LIFTED, "建档立卡": HouseholdTag.LIFTED,
    "监测": HouseholdTag.WATCHED, "脱贫": HouseholdTag.LIFTED,
}  # fmt: skip
_NONE = ("", "无", "否", "/", "-", "—", "一般户", "一般农户", "普通户", "普通农户")
_SUMS = ("合计", "总计", "小计", "共计", "制表人", "填表人", "审核人", "填报人")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet that counts days."""


def meant(field: str, cell: str, today: str) -> Meaning:
    """What a cell means for a field."""
    text = bare(cell)
    if re.fullmatch("#{3,}", text):
        return "", "格子太窄，只剩一串#号。请在表里把这一列拉宽，再复制一次。", False
    if re.fullmatch(r"#[A-Z/0!?]+", text):
        return "", f"表格里这一格算错了（{text}），请填上原来的内容。", False
    reading = _READINGS.get(field)
    if reading is not None:
        return reading(_half(text), today)
    return text, "", False


def bare(cell: str) -> str:
    """A cell without what cannot be seen, and without what keeps a number a text in the sheet."""
    text = nfc(_INVISIBLE.sub("", cell).replace("\u00a0", " ")).strip()
    found = re.fullmatch(r'="(.*)"', text)
    return (found[1] if found else text).removeprefix("'").strip()


def is_sum(cells: Sequence[str]) -> bool:
    """Whether a row adds up others, or is signed: its first words say so."""
    first = next((re.sub(r"\s", "", bare(cell)) for cell in cells if bare(cell)), "")
    return first.startswith(_SUMS)


def _half(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _name(text: str, today: str) -> Meaning:
    name = re.sub(r"(?<=[\u3400-\U0003ffff])\s+(?=[\u3400-\U0003ffff])", "", text)
    if any(c.isdigit() for c in name):
        return name, "姓名里有数字，请核对。", False
    return name, "", False


def _id_number(text: str, today: str) -> Meaning:
    number = re.sub(r"\.0+$", "", re.sub(r"[\s-]", "", text)).upper()
    if not number:
        return "", "", False
    if _SCIENTIFIC.fullmatch(number):
        return "", f"身份证号被表格改成了{number}，后面几位已经丢了。先把这一列设成“文本”格式，再照证件重新填。", False
    if re.fullmatch(r"\d{15}000", number):
        return "", "末三位是000，多半是表格改坏的。请照证件核对；真是000的，留空先收，再到这个人的登记里填。", False
    if re.fullmatch(r"\d{15}", number):
        return number, "是15位的老号码，照收。", True
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return "", f"身份证号应当是18位，这里是{len(number)}位，或者有别的字。请照证件改。", False
    if not id_number_ok(number):
        return number, "身份证号的日期或校验码不对，请照证件核对（老证件可能有误，可以照收）。", True
    return number, "", False


def _phone(text: str, today: str) -> Meaning:
    number = re.sub(r"\.0+$", "", re.sub(r"\s", "", text))
    if _SCIENTIFIC.fullmatch(number):
        return "", f"电话被表格改成了{number}，后面几位已经丢了。请把这一列设成“文本”格式，再重新填。", False
    return ("" if number in _NONE else number), "", False


def _number(text: str, today: str) -> Meaning:
    """A number that is a name: 8.0 is 8."""
    return re.sub(r"^(\d+)\.0+$", r"\1", re.sub(r"\s", "", text)), "", False


def _day(text: str, today: str) -> Meaning:
    plain = re.sub(r"\s*(T|\s)\s*\d{1,2}:\d{2}(:\d{2})?$", "", re.sub(r"\.0+$", "", text.replace("。", ".")))
    plain = re.sub(r"\s", "", plain)
    if plain in _NONE:
        return "", "", False
    if re.fullmatch(r"(19|20)\d{2}([-./年](0?[1-9]|1[0-2])月?|0[1-9]|1[0-2])?年?", plain):
        return "", f"只有“{plain}”，没有写到日，这一项没有收。", True
    if re.fullmatch(r"\d{5}", plain):
        day = _EPOCH + timedelta(days=int(plain))
        return day.isoformat(), f"“{plain}”按表格的日期序号读成{day.year}年{day.month}月{day.day}日，请核对。", True
    with_year = re.fullmatch(r"\d{6}|\d{8}|\d{2,4}\D\d{1,2}\D\d{1,2}日?", plain)
    day_text = day_typed(plain, today) if with_year else ""
    if not day_text:
        return "", f"“{plain}”不是日期。请写年月日，比如 1969-03-04。", False
    if day_text > today:
        return "", f"{day_text}还没有到，请核对。", False
    return day_text, "", False


def _sex(text: str, today: str) -> Meaning:
    return _one_of(_SEXES, text, "性别请写“男”或“女”")


def _residence(text: str, today: str) -> Meaning:
    return _one_of(_RESIDENCES, text, f"户籍状态可以写：{'、'.join(r.label for r in Residence)}")


def _party(text: str, today: str) -> Meaning:
    return _one_of(_PARTY, text, "党员一项请写“是”或“否”")


def _one_of(known: dict[str, Any], text: str, hint: str) -> Meaning:
    word = re.sub(r"\s", "", text)
    if not word:
        return "", "", False
    return (known[word], "", False) if word in known else ("", f"没有“{word}”这个选项。{hint}。", False)


def _nation(text: str, today: str) -> Meaning:
    word = re.sub(r"\s", "", text)
    return (f"{word}族" if word and f" {word} " in _NATIONS else word), "", False


def _tags(text: str, today: str) -> Meaning:
    words = [w for w in re.split(r"[、,;/\s]+", text) if w not in _NONE]
    unknown = [w for w in words if w not in _TAGS]
    if unknown:
        hint = "、".join(t.label for t in HouseholdTag)
        return "", f"没有“{unknown[0]}”这种户类型，可以写：{hint}。", False
    return list(dict.fromkeys(_TAGS[w] for w in words)), "", False


def _relation(text: str, today: str) -> Meaning:
    word = re.sub(r"\s", "", text)
    return ("户主" if word in HEAD else word), "", False


_READINGS: dict[str, Callable[[str, str], Meaning]] = {
    "name": _name, "head": _name, "id_number": _id_number, "phone": _phone, "number": _number, "group": _number, "born": _day,
    "ended_on": _day, "sex": _sex, "residence": _residence, "party_member": _party, "nation": _nation, "tags": _tags, "relation": _relation,
}  # fmt: skip
