"""A column whose parts stay at the top when it is given more room than they ask for."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QVBoxLayout


class Topped(QVBoxLayout):
    """Unlike a stretch at its end it asks for no room itself; a part that fills what there is still does."""

    def setGeometry(self, rect: QRect) -> None:
        if not self.expandingDirections() & Qt.Orientation.Vertical:
            asked = self.heightForWidth(rect.width()) if self.hasHeightForWidth() else self.sizeHint().height()
            rect = QRect(rect.topLeft(), rect.size())
            rect.setHeight(min(rect.height(), asked))
        super().setGeometry(rect)
