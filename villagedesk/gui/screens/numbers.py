"""A table of numbers as cells: nothing stands where there is none, and each says of what it is the number."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from villagedesk.actions.figures import Number, Table
from villagedesk.gui import paint
from villagedesk.gui.table import Index


class Numbers(QAbstractTableModel):
    """The words of a table, its numbers, and what is said at the end of a line where that is short."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table("", "", (), ())

    def show_table(self, table: Table) -> None:
        """Another table."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    @property
    def words(self) -> int:
        """How many columns of words stand before the numbers."""
        return len(self.table.lines[0].words) if self.table.lines else 0

    def number(self, index: Index) -> Number | None:
        """The number of a cell."""
        if not index.isValid():
            return None
        numbers = self.table.lines[index.row()].numbers
        at = index.column() - self.words
        return numbers[at] if 0 <= at < len(numbers) else None

    def _again(self, index: Index) -> bool:
        """Whether the line above says the same word."""
        return index.row() > 0 and self.table.lines[index.row() - 1].words[index.column()] == index.data(
            Qt.ItemDataRole.ToolTipRole
        )

    def named(self, index: Index) -> str:
        """Whose number a cell is."""
        line = self.table.lines[index.row()]
        return "，".join(dict.fromkeys((*line.words, self.table.heads[index.column()])))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.table.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        if parent.isValid() or not self.table.lines:
            return 0
        line = self.table.lines[0]
        return len(line.words) + len(line.numbers) + (not self.table.total)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number, text = self.number(index), self.table.texts(self.table.lines[index.row()])[index.column()]
        if role == Qt.ItemDataRole.DisplayRole and index.column() < self.words - 1 and self._again(index):
            return ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return paint.RIGHT if number else paint.LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole and number:
            return f"{self.named(index)}：{text or 0}"
        return text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            numbers = len(self.table.lines[0].numbers)
            return paint.RIGHT if self.words <= section < self.words + numbers else paint.LEFT
        full = self.table.heads[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return full.partition("（")[0]  # what it is counted in stands over the chart
        return full if role == Qt.ItemDataRole.ToolTipRole else None
