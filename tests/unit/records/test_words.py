"""村 and 社区."""

import pytest

from villagedesk.records.words import spoken


@pytest.mark.parametrize(
    ("village", "community"),
    [
        ("村民会议", "居民会议"), ("村民代表会议", "居民代表会议"), ("村规民约", "居民公约"), ("村务监督委员会", "居务监督委员会"),
        ("村“两委”联席会议", "社区“两委”联席会议"), ("村党组织会议", "社区党组织会议"), ("党员大会", "党员大会"),
        ("村民委员会组织法第三十五条，公布不少于十五日", "参照村民委员会组织法第三十五条，公布不少于十五日"),
    ],
)  # fmt: skip
def test_a_community_has_its_own_words(village: str, community: str) -> None:
    assert spoken(village, "community") == community
    assert spoken(village, "village") == village
