"""The form of something a council does with people: which councils did it is picked from a list."""

from villagedesk.gui.editors.bodies import Bodies
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.form import Form
from villagedesk.gui.register import Register
from villagedesk.records.kinds.councils.meeting import Counting


class CampaignForm(Form):
    """Bodies by their names, as in a meeting; nobody is counted here."""

    def made(self, register: Register) -> dict[str, Editor]:
        return {"bodies": Bodies(register.bodies(), lambda _: (Counting.MEMBER,), "哪个会办的")}
