"""The one bus: an action was done, and whoever shows what it changed reads again."""

from PySide6.QtCore import QObject, Signal

from villagedesk.actions.changed import Changed


class Bus(QObject):
    """Signals: `changed` with what an action returned."""

    changed = Signal(object)

    def tell(self, done: Changed) -> Changed:
        """Let every window know; give it back to whoever did it."""
        if done.kinds:
            self.changed.emit(done)
        return done


bus = Bus()
