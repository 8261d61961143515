"""A finished paper, as it goes to a printer or into a file."""

from collections.abc import Sequence


class Pdf(bytes):
    """The file.  Attributes: `missing` where characters that no face has stand on it as 〓, each with its neighbours."""

    missing: Sequence[str] = ()
