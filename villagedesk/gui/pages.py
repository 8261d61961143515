"""Pages of a paper as pictures: for the window as wide as it is, for a printer band by band at its own resolution."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from threading import Lock
from typing import Any

from PySide6.QtGui import QImage

POINT = 72.0
BAND = 4_000_000
"""Pixels of one band at the most: what a page costs in memory, however fine the printer."""
_lock = Lock()  # PDFium is not made for two threads


class Pages:
    """The pages of a PDF, counted from 0, and measured in points (1/72 inch)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with self._open() as paper:
            self.sizes: list[tuple[float, float]] = [paper.get_page_size(n) for n in range(len(paper))]

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, n: int, width: int) -> QImage:
        """A page that many pixels wide."""
        with self._open() as paper:
            return _drawn(paper, n, (width - 0.5) / self.sizes[n][0])

    def bands(self, n: int, dpi: float) -> Iterator[tuple[int, QImage]]:
        """A page at a resolution, in strips from its top: where each begins, in pixels, and what it looks like."""
        scale = dpi / POINT
        width, height = (ceil(side * scale) for side in self.sizes[n])
        deep = max(1, BAND // width)
        for top in range(0, height, deep):
            with self._open() as paper:
                band = _drawn(paper, n, scale, top=top, below=max(0, height - top - deep))
            yield top, band

    @contextmanager
    def _open(self) -> Iterator[Any]:
        import pypdfium2  # type: ignore[import-untyped]  # 0.06 s, and of no use before the first paper

        with _lock, pypdfium2.PdfDocument(self._data) as paper:
            yield paper


def _drawn(paper: Any, n: int, scale: float, *, top: int = 0, below: int = 0) -> QImage:
    """A page without what is above and below a strip, in pixels."""
    # lengths in points become pixels upwards, so half a pixel less names the one that is meant
    cut = (0.0, max(0.0, (below - 0.5) / scale), 0.0, max(0.0, (top - 0.5) / scale))
    page = paper[n]
    bitmap = page.render(scale=scale, crop=cut, prefer_bgrx=True)
    shape = QImage.Format.Format_RGB32
    picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, shape).copy()
    bitmap.close()
    page.close()
    return picture.convertToFormat(QImage.Format.Format_Grayscale8) if picture.isGrayscale() else picture
