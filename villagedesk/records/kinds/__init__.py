"""The roll of kinds, written out by hand."""

from villagedesk.records.kind import Record
from villagedesk.records.kinds.awards import Award
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.kinds.mediation.case import Case, CaseSummary
from villagedesk.records.kinds.people.people import Group, Household, IdentityScan, Person, Post
from villagedesk.records.kinds.people.village import Village
from villagedesk.records.kinds.rules import VillageRule
from villagedesk.records.kinds.town import Review

KINDS: dict[str, type[Record]] = {
    cls.kind.key: cls
    for cls in (
        Village, Group, Household, Person, IdentityScan, Post, Council, Meeting, Resolution,
        VillageRule, Case, CaseSummary, Award, Review,
    )
}  # fmt: skip
