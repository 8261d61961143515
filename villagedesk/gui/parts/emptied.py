"""A layout that is filled anew: what stood in it goes first."""

from PySide6.QtWidgets import QLayout


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout, and out of those in it."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            emptied(inner)
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
