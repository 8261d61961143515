"""How a record's number is written: 好花红村会〔2026〕23号 — six-corner brackets, no zeros (GB/T 9704 habit)."""

HEAVENLY = "甲乙丙丁戊己庚辛壬癸"


def number(prefix: str, series: str, laptop: int, year: int, count: int) -> str:
    """The number of a record.  The first laptop's series carries no mark; the second is 乙, the third 丙, so that two
    laptops without a network never give the same number."""
    mark = "" if laptop == 1 else HEAVENLY[laptop - 1]
    return f"{prefix}{series}{mark}〔{year}〕{count}号"


def short_name(name: str) -> str:
    """好花红村村民委员会 and 好花红村委会 → 好花红村; 幸福移民社区居民委员会 → 幸福移民社区."""
    for tail in ("村民委员会", "村委会", "居民委员会", "居委会", "委员会"):
        if name.endswith(tail) and len(name) > len(tail):
            place = name[: -len(tail)]
            return place + "村" if tail[0] == "村" and not place.endswith(("村", "社区", "嘎查")) else place
    return name


def committee_name(name: str) -> str:
    """好花红村委会, as lists write it, → 好花红村村民委员会; "" where no committee is named."""
    if name.endswith("村委会"):
        return short_name(name) + "村民委员会"
    if name.endswith("居委会"):
        return short_name(name) + "居民委员会"
    return name if name.endswith("委员会") else ""


def committee_of(short: str) -> str:
    """Who signs for a place: 好花红村 → 好花红村村民委员会, 幸福社区 → 幸福社区居民委员会; another name as it is."""
    if short.endswith("社区"):
        return short + "居民委员会"
    return short + "村民委员会" if short.endswith("村") else short
