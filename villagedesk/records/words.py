"""村 or 社区: what the same thing is called in a village and in a community of residents.

A community is governed by another statute (城市居民委员会组织法).  What that says of notice, quorum and publication was not confirmed, so
the villages' law is named for it as something to go by, never as its law.
"""

from villagedesk.records.kinds.people.village import Unit

LAW = "村民委员会组织法"
_WORDS = (
    ("村规民约", "居民公约"), ("村民", "居民"), ("村“两委”", "社区“两委”"), ("村党组织", "社区党组织"), ("村务", "居务"),
)  # fmt: skip


def spoken(text: str, unit: Unit | str) -> str:
    """A text in the words of a village or of a community; the name of the statute stays, with a word that it is another's."""
    if unit != Unit.COMMUNITY:
        return text
    parts = text.split(LAW)
    for village, community in _WORDS:
        parts = [part.replace(village, community) for part in parts]
    return f"参照{LAW}".join(parts)
