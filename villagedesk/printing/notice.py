"""会议通知 (papers.md §6.4): who is asked to come, when, where and what for, out of the meeting as it is planned."""

from villagedesk.printing import sitting
from villagedesk.printing.about import About
from villagedesk.printing.frame import LETTER
from villagedesk.printing.letter import blank, counted, headed, matter, said, signed
from villagedesk.printing.paper import Strip, glued, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.titles import title
from villagedesk.records.kinds.councils.meeting import Meeting


def notice(meeting: Meeting, about: About) -> Pdf:
    """The notice as a PDF.  It goes out before the meeting is finalised and is no draft."""
    name = f"关于召开{sitting.called(meeting, about)}的通知"
    text = _text(meeting, about)
    strips = [
        *headed(title(name, sitting.whole(meeting, about))),
        *text[:-2],
        *glued(text[-2:]),  # the signature never stands alone on a page
        blank(2),
        *signed(meeting.convener or about.org_name, meeting.notice_on),
    ]
    return printed(strips, about, title=name, number=meeting.number, seals=False, frame=LETTER)


def _text(meeting: Meeting, about: About) -> list[Strip]:
    studied = "经村党组织研究同意，" if meeting.studied_on else ""
    who = f"{meeting.convener}决定" if meeting.convener else "现决定"
    strips = said(f"{sitting.asked(meeting, about)}：", indent=0.0)
    strips += said(f"{studied}{who}召开{sitting.called(meeting, about)}。现将有关事项通知如下：")
    at = meeting.held_from
    parts = [
        ("会议时间", f"{sitting.day(at)}{sitting.hour(at)}。"),
        ("会议地点", f"{meeting.place}。" if meeting.place else ""),
    ]
    topics = [item.title for item in meeting.agenda]
    if len(topics) == 1:
        parts.append(("会议议题", f"{topics[0]}。"))
    number = 0
    for word, words in parts:
        if words:
            number += 1
            strips += matter(number, word, words)
    if len(topics) > 1:
        number += 1
        strips += [*matter(number, "会议议题"), *counted(topics)]
    guests = "、".join(sitting.noted(guest.name, guest.post) for guest in meeting.guests)
    if guests:
        number += 1
        strips += matter(number, "列席人员", f"{guests}。")
    leave = f"向{meeting.recorder.name}请假" if meeting.recorder and meeting.recorder.name else "请假"
    return strips + matter(number + 1, "有关要求", f"请按时参加。因事不能参加的，请在会前{leave}。")
