"""The machines of the end-to-end tests serve here too."""

from tests.e2e.conftest import county, made, recovery, second, stick, town, village

__all__ = ["county", "made", "recovery", "second", "stick", "town", "village"]
