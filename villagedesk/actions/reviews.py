"""The town looks at a village's record and answers."""

from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.actions.write import must, put
from villagedesk.base import ids
from villagedesk.base.errors import Refused
from villagedesk.records.kind import Door, Record
from villagedesk.records.kinds.town import Review, Verdict
from villagedesk.records.rights import Deed
from villagedesk.records.values import checked
from villagedesk.store import queries


def review(office: Office, cls: type[Record], identifier: str, verdict: Verdict, remark: str) -> Changed:
    """Accept a record or send it back with a remark; it travels down with the next bundle."""
    must(office, Deed.REVIEW, Review)
    with office.desk.writing() as session:
        kept = queries.one(session, office.by, cls, identifier)
        if kept.org == office.desk.me.org:
            raise Refused("这是本单位自己的记录，不用审核。")
        name = kept.record.title if cls.kind.door is Door.OPEN else kept.id  # everybody reads a review
        values = {
            "about": {"id": kept.id, "name": name}, "about_org": kept.org, "about_kind": cls.kind.key, "edition": kept.edition,
            "verdict": verdict, "remark": remark,
        }  # fmt: skip
        identifier = ids.new()
        put(session, office, checked(Review, values, program=True), identifier, "set")
    return Changed(frozenset({"review"}), (identifier,))
