"""The machines of the end-to-end tests serve here too."""

from tests.e2e.conftest import made

__all__ = ["made"]
