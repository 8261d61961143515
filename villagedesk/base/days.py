"""Days and moments as people type them: 20261124, 11.24, 昨天, 今天下午2点半."""

import re
import unicodedata
from datetime import date, timedelta

WORDS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
}  # fmt: skip

_FULL = re.compile(r"(\d{4}|\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_DIGITS = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
_SHORT = re.compile(r"()(\d{1,2})[-./月](\d{1,2})[日号]?|()(\d{2})(\d{2})")
_TIME = re.compile(
    r"(?P<half>早上|上午|中午|下午|晚上)?(?:(?P<h>\d{1,2})(?:[:.]|[点时])(?:(?P<m>\d{2})分?|(?P<thirty>半))?|(?P<hm>\d{4}))"
)


def day_typed(text: str, today: str) -> str:
    """The day meant, `YYYY-MM-DD`; "" when it is none.  A day without a year is one of the year of `today`; a year of two
    digits lies no more than five years ahead."""
    plain = _plain(text)
    now = date.fromisoformat(today)
    if plain in WORDS:
        return (now + timedelta(days=WORDS[plain])).isoformat()
    found = _FULL.fullmatch(plain) or _DIGITS.fullmatch(plain) or _SHORT.fullmatch(plain)
    if found is None:
        return ""
    year, month, day = (g for g in found.groups() if g is not None)
    try:
        return date(_year(year, now), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def moment_typed(text: str, today: str) -> str:
    """The moment meant, `YYYY-MM-DD HH:MM`; "" when it is none.  A time alone is one of `today`."""
    plain = _plain(text)
    if re.fullmatch(r"\d{12}", plain):
        plain = f"{plain[:8]} {plain[8:]}"
    words = plain.replace("T", " ").rsplit(" ", 1)
    splits = [tuple(words)] if len(words) == 2 else [(plain[:at], plain[at:]) for at in range(len(plain) - 1)]
    for before, after in splits:
        time = _TIME.fullmatch(after)
        day = day_typed(before, today) if before else today if re.search("[:点时]", after) else ""
        if day and time and (clock := _clock(time)):
            return f"{day} {clock}"
    return ""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("。", ".").split())


def _year(typed: str, now: date) -> int:
    if not typed:
        return now.year
    if len(typed) == 4:
        return int(typed)
    year = now.year // 100 * 100 + int(typed)
    return year if year <= now.year + 5 else year - 100


def _clock(found: "re.Match[str]") -> str:
    hour = int(found["h"] or found["hm"][:2])
    minute = 30 if found["thirty"] else int(found["m"] or (found["hm"] or "0000")[2:])
    if found["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
