"""The whole job, played on a real place with invented people: from a meeting in the village to the town's sum and back."""

import random
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from villagedesk.actions import (
    enrol,
    flow,
    founding,
    incoming,
    meetings,
    outgoing,
    prints,
    records,
    reviews,
    roster,
    upkeep,
    year,
)
from villagedesk.actions.office import Office, leave
from villagedesk.base.errors import Refused
from villagedesk.base.paths import Places, resource
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import SIX
from villagedesk.records.kinds.town import Verdict
from villagedesk.store import queries
from villagedesk.store.rollup import rollup

PASSPHRASE = "好花红村演示专用口令"
"""Of both desks of the demonstration; it locks invented people only."""


def play(folder: Path) -> Iterator[str]:
    """Play it into an empty folder, telling each step; the last lines are a table of what was made and where."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refused(f"“{folder}”里已经有东西。请换一个空文件夹。")
    started = time.monotonic()
    scene = tomllib.loads(resource("demo", "haohuahong.toml").read_text("utf-8"))
    with ExitStack() as stack:
        village = _found(stack, folder / "village", "village", scene["code"], scene["clerk"])
        town = _found(stack, folder / "town", "town", scene["town"], scene["towner"])
        yield f"两台电脑：{village.desk.me.name}（村）、{town.desk.me.name}（镇）。口令都是：{PASSPHRASE}"
        people = _people(village, scene)
        yield f"登记：{len(scene['groups'])}个组，{len(people)}户，任职{sum(p['count'] for p in scene['post'])}项。"
        held = _meetings(village, scene, people)
        yield f"会议：{len(held)}次，定稿{sum(1 for _, final in held if final)}次，六会都开过，村民会议按户开过一次；没有通过的议题没有决议。"
        _others(village, scene, people)
        yield "村规民约1份，调解案件2件（内容只有调解主任能看），文明家庭户7户。"
        lived = year.live(village)
        yield "六会台账、四议两公开、村务公开：" + "，".join(f"{name}{count}" for name, count in lived.items()) + "。"
        made = _papers(village, folder / "papers", held)
        yield f"打印：{made}份PDF。"
        yield from _carry(village, town, folder, held)
        faults = upkeep.verify(village) + upkeep.verify(town)
        yield "检查：两边的记录链、表行、附件都没有问题。" if not faults else "\n".join(faults)
        yield from _table(village, town, folder, time.monotonic() - started)


def _found(stack: ExitStack, folder: Path, role: str, code: str, user: str) -> Office:
    office, _ = founding.found(Places(folder), role, code, "", user, PASSPHRASE)
    stack.callback(office.desk.close)
    stack.callback(leave, office.desk)
    return office


def _people(office: Office, scene: dict[str, Any]) -> list[dict[str, str]]:
    """Groups, one household for each of 36 × 10 heads, and who holds which post.  The same people on every run but for their ids."""
    dice = random.Random(522731)
    names = _known(scene)
    while len(names) < 360:
        name = dice.choice(scene["surnames"]) + dice.choice(scene["given"])
        if name not in names:
            names.append(name)
    groups = records.save(office, KINDS["group"], [{"name": g, "number": i} for i, g in enumerate(scene["groups"], 1)])
    refs = [{"id": i, "name": g} for i, g in zip(groups.ids, scene["groups"], strict=True)]
    homes = [refs[i * len(refs) // len(names)] for i in range(len(names))]
    rows = [
        {
            "name": n,
            "sex": dice.choice(("male", "female")),
            "nation": dice.choice(("布依族", "布依族", "汉族", "苗族")),
            "group": g,
        }
        for n, g in zip(names, homes, strict=True)
    ]
    persons = records.save(office, KINDS["person"], rows)
    people = [{"id": i, "name": n, "group": g["name"]} for i, n, g in zip(persons.ids, names, homes, strict=True)]
    heads = [
        {"head": {"id": p["id"], "name": p["name"]}, "number": f"{g['name'][:-1]}{k:03d}", "group": g}
        for k, (p, g) in enumerate(zip(people, homes, strict=True), 1)
    ]
    records.save(office, KINDS["household"], heads)
    free = people[len(_known(scene)) :]
    pool = iter([people[0], *dice.sample(free, sum(p["count"] for p in scene["post"]))])
    posts = [_post(next(pool), post["body"], post["position"]) for post in scene["post"] for _ in range(post["count"])]
    cadres = {post["person"]["id"] for post in posts}
    for code, members in _seats(scene, [people[0], *(p for p in people if p["id"] not in cadres)]).items():
        name, first, others = (SIX[code], "会长", "成员") if code in SIX else ("村民代表会议", "村民代表", "村民代表")
        posts += [_post(who, name, others if i else first) for i, who in enumerate(members)]
    records.save(office, KINDS["post"], posts)
    return people


def _known(scene: dict[str, Any]) -> list[str]:
    """Those the scene names: the chair first, then everybody who speaks."""
    spoken = (s["name"] for one in scene["meeting"] for item in one["agenda"] for s in item.get("speeches", []))
    return list(dict.fromkeys(["罗正华", scene["clerk"], *scene["rare"], *spoken]))


def _post(who: dict[str, str], body: str, position: str) -> dict[str, Any]:
    person = {"id": who["id"], "name": who["name"]}
    return {"person": person, "body": body, "position": position, "since": "2026-01-20", "how": "elected"}


def _seats(scene: dict[str, Any], people: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """The members of each council, and the representatives: those who speak there, and others up to the number that should come."""
    dice, seats = random.Random(20260120), {code: list[dict[str, str]]() for code in (*SIX, "representatives")}
    sizes = {one["bodies"][0]: one["members"] for one in scene["meeting"] if len(one["bodies"]) == 1}
    sizes["representatives"] -= sum(p["count"] for p in scene["post"] if p.get("committee"))
    by_name = {p["name"]: p for p in people}
    for one in scene["meeting"]:
        for code in one["bodies"]:
            spoken = (by_name[s["name"]] for item in one["agenda"] for s in item.get("speeches", []))
            if code in seats:
                seats[code] += [p for p in spoken if p not in (people[0], *seats[code])]
    for code, members in seats.items():
        joint = next((one for one in scene["meeting"] if code in one["bodies"][1:]), None)
        other = seats[joint["bodies"][0]] if joint else []
        if joint:  # so many sit in both that the joint sitting is as large as it is said to be
            shared = len(other) + sizes[code] - joint["members"] - sum(p in other for p in members)
            members.extend([p for p in other if p not in members][:shared])
        free = [p for p in people[len(_known(scene)) :] if p not in members and p not in other]
        members.extend(dice.sample(free, sizes[code] - len(members)))
    return seats


def _meetings(office: Office, scene: dict[str, Any], people: list[dict[str, str]]) -> list[tuple[str, bool]]:
    """Every meeting of the quarter, as far as it has come: (id, whether it is finalised)."""
    dice, held = random.Random(2026), []
    for one in scene["meeting"]:
        start = datetime.fromisoformat(one["held_from"])
        with office.desk.reading() as session:
            seats = roster.entitled(session, office.by, one["bodies"], start.date())
        present = [seat.line(len(one["bodies"]) > 1) for seat in seats]
        spoken = {s["name"] for item in one["agenda"] for s in item.get("speeches", [])}
        for line in dice.sample([p for p in present if p["name"] not in spoken], one["absent"]):
            line |= {"state": "leave", "reason": dice.choice(("外出务工", "住院", "照顾病人"))}
        keep = (
            "subject",
            "session",
            "held_from",
            "studied_on",
            "studied_no",
            "notice_on",
            "notice_by",
            "opening",
            "tellers",
            "guests",
        )
        bodies = [
            {"body": code} | ({"counting": one["counting"]} if "counting" in one else {}) for code in one["bodies"]
        ]
        values = {k: one[k] for k in keep if k in one} | {
            "bodies": bodies,
            "held_to": (start + timedelta(minutes=one["minutes_long"])).isoformat(), "place": "村委会二楼会议室", "convener": "好花红村村民委员会",
            "chair": "罗正华", "recorder": scene["clerk"], "present": present,
            "agenda": [{k: v for k, v in i.items() if k != "done"} for i in one["agenda"]],
        }  # fmt: skip
        identifier = records.save(office, KINDS["meeting"], [values]).ids[0]
        final = not one.get("unfinished")
        if final:
            made = flow.advance(office, KINDS["meeting"], identifier, "finalise").ids[1:]
            done = [
                item.get("done", False)
                for item in one["agenda"]
                if item.get("yes", 0) * 2 > one["members"] - one["absent"]
            ]
            for resolution, finished in zip(made, done, strict=True):
                flow.advance(office, KINDS["resolution"], resolution, "done" if finished else "doing")
        held.append((identifier, final))
    return held


def _others(office: Office, scene: dict[str, Any], people: list[dict[str, str]]) -> None:
    with office.desk.reading() as session:
        councils = [kept.id for kept in queries.listed(session, office.by, KINDS["council"])]
    for identifier in councils:
        flow.advance(office, KINDS["council"], identifier, "running")
    records.save(office, KINDS["village_rule"], [scene["rules"]])
    for case in scene["case"]:
        values = {k: v for k, v in case.items() if k != "stages"} | {"mediator": "石明英"}
        identifier = records.save(office, KINDS["case"], [values]).ids[0]
        for stage in case["stages"]:
            flow.advance(office, KINDS["case"], identifier, stage)
    awards = [
        {
            "household": {"name": p["name"]},
            "year": 2026,
            "noticed_from": "2026-10-26",
            "noticed_to": "2026-10-30",
            "awarded_on": "2026-11-02",
            "deeds": "孝老爱亲，邻里和睦，热心公益。",
        }
        for p in random.Random(7).sample(people, scene["awards"])
    ]
    for identifier in records.save(office, KINDS["award"], awards).ids:
        flow.advance(office, KINDS["award"], identifier, "noticed")
        flow.advance(office, KINDS["award"], identifier, "awarded")


def _papers(office: Office, folder: Path, held: list[tuple[str, bool]]) -> int:
    for identifier, _ in held:
        prints.print_to(office, KINDS["meeting"], identifier, folder)
    with office.desk.reading() as session:
        plain = [
            (key, next(queries.listed(session, office.by, KINDS[key], limit=1)).id)
            for key in ("village_rule", "case", "award", "council", "resolution", "feast", "matter", "publication")
        ]
    for key, identifier in plain:
        prints.print_to(office, KINDS[key], identifier, folder)
    return len(held) + len(plain)


def _carry(village: Office, town: Office, folder: Path, held: list[tuple[str, bool]]) -> Iterator[str]:
    """Cards compared, records up, looked at, sent back, corrected, and up again; the receipt comes home."""
    stick = folder / "stick"
    for one, other in ((village, town), (town, village)):
        path, card = enrol.write_card(one, stick)
        enrol.enrol(other, path, digits=card.digits)
    yield "两边交换设备卡，照纸上的8组数字核对过，互相登记。"
    [up] = outgoing.export(village, stick)
    yield f"村：导出第{up.no}号数据包，{up.entries}条，{up.size // 1024}KB，写到U盘并读回核对。"
    [look] = incoming.take_in(town, up.path, preview=True)
    [got] = incoming.take_in(town, up.path)
    yield f"镇：先看（新增{look.records}条）后收，收下{got.records}条，案件只带统计（{got.withheld}条内容留在村里）。回执短码 {got.receipt}。"
    returned = next(i for i, final in reversed(held) if final)
    reviews.review(town, KINDS["meeting"], held[0][0], Verdict.ACCEPT, "")
    reviews.review(town, KINDS["meeting"], returned, Verdict.RETURN, "请补写监票、计票人的产生方式。")
    [down] = outgoing.export(town, stick, to_org=village.desk.me.org)
    incoming.take_in(village, down.path)
    yield "镇：审核通过1件，退回1件；回执随第1号包带回村里，村里已自动核销。"
    flow.amend(
        village,
        KINDS["meeting"],
        returned,
        {"tellers": "经全体代表举手推选，监票人王廷舟，计票人石明英、韦忠"},
        reason="镇里退回补正",
    )
    prints.print_to(village, KINDS["meeting"], returned, folder / "papers")
    [again] = outgoing.export(village, stick)
    [more] = incoming.take_in(town, again.path)
    yield f"村：更正为第2版后再导出，这次只有{again.entries}条；镇：收下，改动{more.changed}条。"


def _table(village: Office, town: Office, folder: Path, seconds: float) -> Iterator[str]:
    with town.desk.reading() as session:
        rows, names = rollup(session, town.by), meetings.bodies(session)
    yield ""
    yield "镇汇总（好花红村，2026年）"
    yield "会名　　　　　　　　会议　定稿　到会人次　决议　已落实"
    for body in [code for code in names if any(r["body"] == code for r in rows)]:
        sums = [
            sum(r[k] for r in rows if r["body"] == body)
            for k in ("meetings", "finalised", "attendance", "resolutions", "carried_out")
        ]
        name = names.get(body, body)
        yield name + "　" * (10 - len(name)) + "".join(f"{n:>4}  " for n in sums)
    yield ""
    with village.desk.reading() as session:
        kept = [(cls.kind.name, queries.counted(session, village.by, cls)) for cls in KINDS.values()]
    yield "村里存下：" + "，".join(f"{name}{count}" for name, count in kept if count)
    for name, text in (
        ("village", "村的数据（加密）"),
        ("town", "镇的数据（加密）"),
        ("stick", "U盘上的设备卡和数据包"),
        ("papers", "打印出来的PDF"),
    ):
        files = [p for p in (folder / name).rglob("*") if p.is_file()]
        yield f"{folder / name}　{text}，{len(files)}个文件，{sum(p.stat().st_size for p in files) // 1024}KB"
    yield f"用时{seconds:.0f}秒。接着试：packaging/run --data {folder / 'village'} search 通组路（口令见上）"
