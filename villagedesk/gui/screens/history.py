"""The past of a record: who changed what and when, every version to be read, any of them to be brought back."""

import json
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from villagedesk.actions import listing
from villagedesk.actions.office import Office
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.words import Words
from villagedesk.gui.screens.summary import Rolled, Summary
from villagedesk.gui.table import Row
from villagedesk.gui.theme import changed, em
from villagedesk.records.kind import Record
from villagedesk.records.values import parsed
from villagedesk.store.queries import Kept


class History(QWidget):
    """Versions, the newest first.  Signals: `chosen` the values of the version that is to be brought back."""

    chosen = Signal(object)

    def __init__(self, office: Office, cls: type[Record], kept: Kept) -> None:
        super().__init__()
        self._cls = cls
        with office.desk.reading() as session:
            self.versions = listing.history(session, office.by, cls, kept)[::-1]
            printed = listing.printed(session, office.by, cls, kept)
        self.list = QListWidget()
        self.list.setAccessibleName("历史")
        self.list.setItemDelegate(Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([_told(v, first=v is self.versions[-1]) for v in self.versions])
        self.reason = Words("", "small", tone="ink2", wrap=True)
        self.summary = Summary()
        self.back = Button("恢复成这一版", filled=True, icon="history")
        self.printed = QListWidget()
        self.printed.setAccessibleName("打印过的")
        self.printed.setItemDelegate(Row(self.printed))
        self.printed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for line in printed:
            QListWidgetItem(line, self.printed).setToolTip(line)
        heading = Words("打印过的", "small", tone="ink2")
        left = QVBoxLayout()
        left.addWidget(self.list, 2)
        left.addWidget(heading)
        left.addWidget(self.printed, 1)
        right = QVBoxLayout()
        right.addWidget(self.reason)
        right.addWidget(Rolled(self.summary), 1)
        right.addWidget(self.back)
        self._columns = left, right
        self._row = QHBoxLayout(self)
        self._row.addLayout(left, 1)
        if not printed:
            heading.hide()
            self.printed.hide()
        self._row.addLayout(right, 1)
        for part in (heading, self.printed):
            part.setVisible(bool(printed))
        self.list.currentRowChanged.connect(self._show)
        self.back.clicked.connect(self._choose)
        changed.connect(self._space)
        self._space()
        self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        version = self.versions[row]
        changes = (
            f"改了{'、'.join(version['changed'])}。" if row < len(self.versions) - 1 and version["changed"] else ""
        )
        reason = f"原因：{version['reason']}" if version["reason"] else ""
        self.reason.setText(changes + reason)
        self.summary.show_record(_record(self._cls, version))
        self.back.setVisible(row > 0 and bool(version["values"]))

    def _choose(self) -> None:
        self.chosen.emit(self.versions[self.list.currentRow()]["values"])

    def _space(self) -> None:
        self._row.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._row.setSpacing(em(1))
        for column in self._columns:
            column.setSpacing(em(0.5))


def _told(version: dict[str, Any], *, first: bool) -> str:
    edition = f"第{version['edition']}版 " if version["edition"] else ""
    done = "新建" if first else version["done"]
    return f"{version['at']}　{version['by']}　{edition}{done}"


def _record(cls: type[Record], version: dict[str, Any]) -> Record | None:
    """The version as a record; None when its content was erased or cannot be read any more."""
    try:
        return parsed(cls, json.dumps({**version["values"], "_stage": version["stage"]}, ensure_ascii=False))
    except ValueError:
        return None
