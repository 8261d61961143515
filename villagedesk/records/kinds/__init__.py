"""The roll of kinds, written out by hand."""

from villagedesk.records.kind import Record
from villagedesk.records.kinds.affairs.authorisation import Authorisation
from villagedesk.records.kinds.affairs.matter import Matter
from villagedesk.records.kinds.affairs.publication import Catalogue, Objection, Publication
from villagedesk.records.kinds.almanac import Holidays, OwnTerm
from villagedesk.records.kinds.awards import Award
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.councils.file import Charter, YearPlan
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.kinds.ledgers.aid import Aid
from villagedesk.records.kinds.ledgers.appraisal import Appraisal
from villagedesk.records.kinds.ledgers.campaign import Campaign
from villagedesk.records.kinds.ledgers.feast import Feast
from villagedesk.records.kinds.ledgers.jindu import Dissuasion, Pledge, Sweep
from villagedesk.records.kinds.ledgers.patrol import Hazard, Patrol
from villagedesk.records.kinds.ledgers.worthies import Donation, Project, Proposal, Worthy
from villagedesk.records.kinds.mediation.case import Case, CaseSummary
from villagedesk.records.kinds.people.people import Group, Household, IdentityScan, Person, Post
from villagedesk.records.kinds.people.village import Village
from villagedesk.records.kinds.rules import VillageRule
from villagedesk.records.kinds.town import Review

KINDS: dict[str, type[Record]] = {
    cls.kind.key: cls
    for cls in (
        Village, Group, Household, Person, IdentityScan, Post, Council, Charter, YearPlan, Meeting, Resolution,
        Feast, Aid, Patrol, Hazard, Worthy, Proposal, Donation, Project, Campaign, Sweep, Pledge, Dissuasion, Appraisal,
        Authorisation, Matter, Publication, Objection, Catalogue, Holidays, OwnTerm,
        VillageRule, Case, CaseSummary, Award, Review,
    )
}  # fmt: skip
