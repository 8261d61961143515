"""The village desk: one record, the right paper, the same count in the town."""

__version__ = "0.1.0"
