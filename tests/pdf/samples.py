"""What papers are made of, as a village would write it; used by the tests of papers and by the benchmark."""

from datetime import date
from typing import Any

from villagedesk.printing.about import About
from villagedesk.printing.receiptpaper import Receipt
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.values import checked

SEALED = About(
    org="522731102213",
    org_name="好花红村",
    record="7K3M9QTXWA4E",
    edition=1,
    sealed_on=date(2026, 11, 18),
    fingerprint="38214 60273 91550 24786 03391 77842 15068 42937",
    stage="已定稿",
)
DRAFT = About(org="522731102213", org_name="好花红村", record="7K3M9QTXWA4E", draft=2, stage="草稿")
DESK = About(org="522731102213", org_name="好花红村", record="")
KEY = bytes(range(1, 33))
DIGITS = "38214 60273 91550 24786 03391 77842 15068 42937"
FACTS = (
    ("村（社区）", "好花红村"), ("区划代码", "522731102213"), ("设备号", "7K3M9QTXWA4E"), ("程序版本", "1.0.3"),
    ("制卡日期", "2026年11月24日"), ("制卡人", "罗倩"),
)  # fmt: skip
RECEIPT = Receipt(
    giver="好花红村", taker="好花红镇", unit="522731102213", number=41, on="2026年12月25日10:18", counts={"会议": 6, "决议": 3, "文明家庭": 15},
    withheld=3, findings=["第40号包里有1张照片没有带来。"], code="482177360954", returned=[("好花红村会〔2026〕12号", "缺签名页，请补。")],
)  # fmt: skip

_FAMILIES, _GIVEN = (
    "罗王陈岑韦班石卢莫杨黄吴龙蒙覃刘",
    ["正华", "庆芬", "世荣", "兴富", "国珍", "云", "明英", "廷舟", "小兰", "𬭎"],
)
PEOPLE = [_FAMILIES[i % 16] + _GIVEN[i % 10] for i in range(41)]
MISSING: list[dict[str, Any]] = [
    {"name": "罗朝俊", "state": "leave", "reason": "外出务工"},
    {"name": "吴昌平", "state": "leave", "reason": "住院"},
    {"name": "龙㛃", "state": "leave", "reason": "照顾病人"},
    {"name": "莫𫍯", "state": "leave", "reason": "外出务工"},
    {"name": "杨䶮", "state": "leave", "reason": "外出务工"},
    {"name": "黄𠅤昌", "state": "absent"},
]
VALUES: dict[str, Any] = {
    "number": "好花红村会〔2026〕23号",
    "bodies": [{"body": "cunmin_daibiao", "name": "村民代表会议", "base": 47}],
    "subject": "好花红村第十二届村民代表会议第3次会议",
    "held_from": "2026-11-18T14:30",
    "held_to": "2026-11-18T16:50",
    "place": "村委会二楼会议室",
    "convener": "好花红村村民委员会",
    "chair": {"name": "罗正华"},
    "recorder": {"name": "罗倩"},
    "notice_on": "2026-11-14",
    "notice_by": "上门、电话、微信群",
    "present": [*({"name": name} for name in PEOPLE), *MISSING],
    "guests": [
        {"name": "龙启明", "post": "镇人大副主席、包村领导"},
        {"name": "杨帆", "post": "驻村第一书记"},
        {"name": "黄光品", "post": "村务监督委员会主任"},
    ],
    "opening": "主持人通报：到会人数符合法定人数；两项议题已经村党总支2026年11月9日会议研究同意（好花红村党总支会〔2026〕17号），"
    "方案随通知送达全体代表。会议推选王廷舟为监票人，石明英、韦忠为计票人。",
    "agenda": [
        {
            "title": "通组路硬化工程实施方案",
            "report": "陈世荣汇报：工程全长1.86公里，路面宽3.5米，采用C25混凝土，厚18厘米。概算68.40万元，其中财政衔接资金54万元，"
            "村集体经济收益9.60万元，群众投工投劳折资4.80万元。工期为2026年12月1日至2027年3月15日。占用的边角地由各户自愿调剂，不作补偿。",
            "speeches": [
                {"name": "岑兴富", "group": "辉油组", "text": "这条路一下雨就走不成，娃娃上学要绕两公里。我们组18户都同意，占到的田坎自己让。"},
                {"name": "黄朝珍", "group": "岩脚组", "text": "岩脚下面那一段年年垮，要先砌堡坎再打路面。堡坎的钱在不在里面？"},
                {"name": "陈世荣", "text": "在的。堡坎120立方米，已列入概算。"},
                {"name": "莫如忠", "group": "岩脚组", "text": "用工先用本村的，工钱按天记、按月公布。"},
                {"name": "黄光品", "group": "列席", "text": "材料进场、浇筑厚度由监委会逐段量、逐段公布。"},
            ],
            "resolution": "通过通组路硬化工程实施方案。",
            "method": "hands", "yes": 39, "no": 0, "abstain": 2, "passed": True, "owner": "陈世荣", "due_on": "2026-12-01",
        },
        {
            "title": "集体经济收益使用方案",
            "report": "王庆芬汇报：2026年村集体经济收益31.20万元，拟用于通组路9.60万元、城乡居民医保补助8.40万元、敬老和助学4.20万元、"
            "公益岗位5万元，结余4万元转入下年。",
            "speeches": [
                {"name": "杨再兴", "group": "坝上组", "text": "助学每人补多少要写清楚，名单要张榜。"},
                {"name": "罗正华", "text": "本科每人1000元、专科每人600元，名单随栏公布。"},
            ],
            "resolution": "通过集体经济收益使用方案，由王庆芬负责，12月31日前完成。以上决议自11月19日起在村务公开栏公布，不少于15日。",
            "method": "hands", "yes": 37, "no": 1, "abstain": 3, "passed": True,
        },
    ],
    "tellers": "王廷舟、石明英、韦忠",
    "files": [
        {"name": name, "sha256": f"{n}" * 64, "size": 1000, "type": "application/pdf"}
        for n, name in enumerate(("会议签到表（2页）", "工程实施方案（6页）", "会议照片（2张）"), 1)
    ],
}  # fmt: skip


def meeting(**changes: Any) -> Meeting:
    """The meeting, with some values changed; None takes one away."""
    values = {key: value for key, value in {**VALUES, **changes}.items() if value is not None}
    return checked(Meeting, values, program=True)
