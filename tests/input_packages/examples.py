"""A package as the working-group review of 2026 would give it, with every kind of gap in it.

Its words are those of the Network's own pack, in each of its languages.
"""

from datetime import UTC, date, datetime

from input_packages.contents import Asked, Contents, Item, PastCycle, ProvisionText
from policies.cycles import AnchorKind, Basis
from policies.explanation import Step
from policies.facts import Certainty
from policies.milestones import Milestone, MilestoneId
from policies.states import State
from policies.working_days import Roll
from tests.policies.network import PACK

RULES_SINCE = date(2018, 12, 19)
GROUPS = PACK.obligation("working-group-review")
WANTED = {item.id: item.title for item in GROUPS.package}
MEMBERS = PACK.actors["network-members"].name
CHAIRS = PACK.actors["working-group-chairs"].name


def day(written: str) -> date:
    """Read `Sun 2026-12-06`; the weekday has to be right."""
    weekday, iso = written.split()
    on = date.fromisoformat(iso)
    assert f"{on:%a}" == weekday, f"{iso} is a {on:%a}"
    return on


TARGET = Step(
    of="target_on",
    provision="WGR-4",
    rule_in_force_from=RULES_SINCE,
    basis=Basis.HOUSE_PRACTICE,
    source="house-practice",
    anchor="international-migration-review-forum 2026",
    anchor_kind=AnchorKind.EVENT_END,
    anchor_on=day("Fri 2026-05-08"),
    anchor_source="programme of the forum",
    certainty=Certainty.CONFIRMED,
    count=6,
    unit="months",
    arithmetic="2026-05-08 + 6 months = 2026-11-08",
    result=day("Sun 2026-11-08"),
)
DUE = Step(
    of="due_on",
    provision="WGR-4",
    rule_in_force_from=RULES_SINCE,
    basis=Basis.MANDATE,
    source="WGR-4: at least every four years, directly after the forum",
    anchor="working-group-review",
    anchor_kind=AnchorKind.COMPLETION,
    anchor_on=day("Tue 2022-12-06"),
    anchor_source="decision of 6 December 2022",
    certainty=Certainty.CONFIRMED,
    count=48,
    unit="months",
    arithmetic="2022-12-06 + 48 months = 2026-12-06",
    result=day("Sun 2026-12-06"),
)
MILESTONES = (
    Milestone(MilestoneId.CALL_FOR_INPUTS, day("Fri 2026-06-19"), day("Sun 2026-06-21"), provisional=True),
    Milestone(MilestoneId.INPUTS_DUE, day("Mon 2026-08-17"), day("Sun 2026-08-16")),
    Milestone(MilestoneId.PACKAGE_ASSEMBLED, day("Fri 2026-09-11")),
    Milestone(MilestoneId.REVIEW_HELD, day("Fri 2026-10-23")),
)
HISTORY = (
    PastCycle(name="2014", due_on=None, met_on=None, evidence=None, state=State.UNRECORDED),
    PastCycle(name="2018", due_on=day("Mon 2018-12-03"), met_on=None, evidence=None, state=State.MISSED),
    PastCycle(
        name="2022",
        due_on=day("Fri 2022-11-25"),
        met_on=day("Tue 2022-12-06"),
        evidence="decision of 6 December 2022",
        state=State.MET_LATE,
    ),
)
ASKED = (
    Asked(
        person="ilo",
        name="ILO focal point",
        actor=MEMBERS,
        asked_on=day("Fri 2026-06-19"),
        answered_on=day("Mon 2026-08-03"),
    ),
    Asked(
        person="iom",
        name="IOM focal point",
        actor=MEMBERS,
        asked_on=day("Fri 2026-06-19"),
        answered_on=None,
    ),
    Asked(person="chairs", name="رؤساء الأفرقة", actor=CHAIRS, asked_on=None, answered_on=None),
)
ITEMS = (
    Item(
        id="self-assessments",
        title=WANTED["self-assessments"],
        from_=CHAIRS,
        basis="house-practice",
        present=False,
    ),
    Item(
        id="members-views",
        title=WANTED["members-views"],
        from_=MEMBERS,
        basis="mandate",
        present=False,
    ),
    Item(
        id="progress-declaration",
        title=WANTED["progress-declaration"],
        basis="house-practice",
        present=True,
    ),
)
REVIEW = Contents(
    institution=PACK.instrument.institution,
    instrument=PACK.instrument.title,
    obligation="working-group-review",
    title=GROUPS.title,
    cycle="working-group-review/2026",
    holder=PACK.actors["executive-committee"].name,
    cadence=GROUPS.versions[0].cadence,
    evidence=GROUPS.evidence,
    provisions=(
        ProvisionText(
            id="WGR-4",
            says=PACK.provisions["WGR-4"].says,
            source="Terms of Reference, section on working groups, fourth item",
        ),
        ProvisionText(
            id="REV-3",
            paragraph=36,
            says={"en": "The whole Network meets once a year."},
            source="Terms of Reference, section on review and annual meeting, third item",
        ),
    ),
    opens_on=day("Sat 2026-05-09"),
    due_on=DUE.result,
    target_on=TARGET.result,
    steps=(TARGET, DUE),
    milestones=MILESTONES,
    last_working_day=Roll(day("Fri 2026-12-04"), rolled_from=DUE.result, provisional=True),
    history=HISTORY,
    asked=ASKED,
    items=ITEMS,
    unknown=("international-migration-review-forum 2030", "completion of working-group-review"),
    facts_upto=datetime(2026, 11, 23, 7, 15, tzinfo=UTC),
    names={"working-group-review": GROUPS.title, **PACK.instrument.events},
    languages=PACK.instrument.languages,
)
BARE = Contents(
    institution={"en": "An Institution"},
    instrument={"en": "Its Charter"},
    obligation="annual-report",
    title={"en": "Annual report"},
    cycle="annual-report/2026",
    holder={"en": "Secretariat"},
    cadence={"en": "every year"},
    evidence={"en": "the report"},
    provisions=(ProvisionText(id="ART-1", says={"en": "A report is made."}, source="Charter, article 1"),),
    opens_on=None,
    due_on=None,
    target_on=None,
)
