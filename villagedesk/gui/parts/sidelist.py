"""The list at the left of a place of two columns: headings and rows in one, moved through by the arrows."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from villagedesk.gui.theme import changed


class SideList(QListView):
    """`name` is read out; `row` draws one."""

    def __init__(self, name: str, model: QAbstractItemModel, row: QStyledItemDelegate) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        row.setParent(self)
        self.setItemDelegate(row)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        changed.connect(self.doItemsLayout)
