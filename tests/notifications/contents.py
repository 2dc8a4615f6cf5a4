"""One matter for every kind of notice, so that between them every sentence of the templates is said.

Their words are those of the Network's own pack, in each of its languages.
"""

from dataclasses import replace
from datetime import date

from notifications.notice_content import Answered, NoticeContent, Owing, PreviousNotice, Stepped, Stood
from policies.facts.answers import AnswerKind
from policies.facts.facts import Certainty
from policies.facts.proposals import Stance, StepKind
from policies.obligations.obligations import Part
from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind
from policies.recurrence.cycles import AnchorKind, Basis
from policies.status.explanation import Step
from tests.policies.network import PACK

AS_OF = date(2026, 11, 23)  # Mon

DUE_STEP = Step(
    of="due_on",
    provision="REV-2",
    rule_in_force_from=date(2018, 12, 19),
    basis=Basis.MANDATE,
    source="REV-2",
    anchor="working-arrangements-review",
    anchor_kind=AnchorKind.COMPLETION,
    anchor_on=date(2025, 11, 10),
    anchor_source="summary of the meeting of 10 November 2025",
    certainty=Certainty.CONFIRMED,
    count=12,
    unit="months",
    arithmetic="2025-11-10 + 12 months = 2026-11-10",
    result=date(2026, 11, 10),
)
TARGET_STEP = Step(
    of="target_on",
    provision="WGR-4",
    rule_in_force_from=date(2018, 12, 19),
    basis=Basis.HOUSE_PRACTICE,
    source="house-practice",
    anchor="international-migration-review-forum 2030",
    anchor_kind=AnchorKind.EVENT_END,
    anchor_on=date(2030, 5, 10),
    anchor_source="programme of work",
    certainty=Certainty.TENTATIVE,
    count=12,
    unit="months",
    arithmetic="2030-05-10 + 12 months = 2031-05-10",
    result=date(2031, 5, 10),
)
CEILING_STEP = replace(
    DUE_STEP,
    provision="WGR-4",
    anchor="working-group-review",
    anchor_on=date(2027, 7, 1),
    count=48,
    arithmetic="2027-07-01 + 48 months = 2031-07-01",
    result=date(2031, 7, 1),
)
REVIEW = NoticeContent(
    notice_key="working-arrangements-review/since-2025-11-10/reminder/due-30/coordinator/mail",
    kind=NoticeKind.REMINDER,
    about="due",
    institution=PACK.instrument.institution,
    obligation="working-arrangements-review",
    title=PACK.obligation("working-arrangements-review").title,
    provision="REV-2",
    document=PACK.instrument.title,
    says=PACK.provisions["REV-2"].says,
    zone="Europe/Zurich",
    city=PACK.instrument.stations["geneva"].name,
    cycle="working-arrangements-review/since-2025-11-10",
    holder=PACK.actors["coordinator"].name,
    opens_on=date(2025, 11, 11),
    due_on=date(2026, 11, 10),
    inputs_due_on=date(2026, 9, 15),
    steps=(DUE_STEP,),
    names={
        "working-arrangements-review": PACK.obligation("working-arrangements-review").title,
        "working-group-review": PACK.obligation("working-group-review").title,
        **PACK.instrument.events,
    },
)
ASKED = PACK.obligation("working-arrangements-review").asked

GROUPS = replace(
    REVIEW,
    notice_key="working-group-review/2030/opening/begins/executive-committee/mail",
    kind=NoticeKind.OPENING,
    about="begins",
    obligation="working-group-review",
    title=PACK.obligation("working-group-review").title,
    provision="WGR-4",
    says=PACK.provisions["WGR-4"].says,
    cycle="working-group-review/2030",
    holder=PACK.actors["executive-committee"].name,
    opens_on=date(2030, 5, 11),
    due_on=None,
    target_on=date(2031, 5, 10),
    inputs_due_on=date(2031, 2, 17),
    next_step=MilestoneId.CALL_FOR_INPUTS,
    next_step_on=date(2030, 12, 20),
    steps=(TARGET_STEP,),
    tentative=True,
)
BY_THE_SECRETARY_GENERAL = replace(
    REVIEW,
    notice_key="secretary-general-review/2026/package-ready/package-assembled/secretary-general/mail",
    kind=NoticeKind.PACKAGE_READY,
    about="package-assembled",
    obligation="secretary-general-review",
    title=PACK.obligation("secretary-general-review").title,
    provision="REV-1",
    says=PACK.provisions["REV-1"].says,
    cycle="secretary-general-review/2026",
    holder=PACK.actors["secretary-general"].name,
    opens_on=date(2026, 10, 1),
    due_on=date(2026, 10, 31),
    inputs_due_on=None,
    package="secretary-general-review-2026.zip",
    package_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    next_step=MilestoneId.REVIEW_HELD,
    next_step_on=date(2026, 10, 24),
    steps=(
        replace(
            DUE_STEP,
            provision="REV-1",
            anchor="2026-10",
            anchor_kind=AnchorKind.SLOT,
            anchor_on=date(2026, 10, 31),
            count=0,
            unit="days",
            arithmetic="2026-10-31",
            result=date(2026, 10, 31),
        ),
    ),
    external=True,
)

ASKS_FOR_TIME = Answered(
    "WHO focal point",
    AnswerKind.MORE_TIME,
    date(2026, 9, 11),
    "our board meets in September",
    date(2026, 10, 1),
)

DISPUTE = replace(
    REVIEW,
    notice_key="way-forward/data-sharing:way-forward:no-consensus:ilo:email",
    kind=NoticeKind.WAY_FORWARD,
    about="no-consensus",
    about_on=date(2026, 11, 16),
    obligation="way-forward",
    title=PACK.obligation("way-forward").title,
    provision="DEC-2, DEC-3",
    says={
        language: f"{says} {PACK.provisions['DEC-3'].says[language]}"
        for language, says in PACK.provisions["DEC-2"].says.items()
    },
    cycle="way-forward/data-sharing",
    opens_on=date(2026, 11, 16),
    due_on=None,
    inputs_due_on=None,
    particular="Sharing of data among members",
    positions=(
        Stood("ILO", Stance.AGREES, date(2026, 11, 9)),
        Stood("WHO", Stance.OBJECTS, date(2026, 11, 12), "health data stay out"),
    ),
    ladder=(
        Stepped(StepKind.NO_CONSENSUS, date(2026, 11, 16), "Executive Committee", "Health data divide it"),
    ),
    steps=(
        replace(
            DUE_STEP,
            of="opens_on",
            provision="DEC-2, DEC-3",
            anchor="data-sharing",
            anchor_kind=AnchorKind.STEP,
            anchor_on=date(2026, 11, 16),
            anchor_source="minutes of 16 November 2026",
            count=0,
            unit="days",
            arithmetic="2026-11-16",
            result=date(2026, 11, 16),
        ),
    ),
)

# Each kind with the day it is rendered on, the weekday in the string.
NOTICES = {
    "opening": (GROUPS, "Mon 2030-05-13"),
    "call-for-inputs": (
        replace(
            REVIEW,
            kind=NoticeKind.CALL_FOR_INPUTS,
            about="call-for-inputs",
            asked=ASKED,
            most_pages=5,
        ),
        "Tue 2026-08-18",
    ),
    "reminder": (replace(REVIEW, kind=NoticeKind.REMINDER), "Fri 2026-10-09"),
    "last-reminder": (
        replace(
            REVIEW,
            kind=NoticeKind.LAST_REMINDER,
            about="inputs-due",
            asked=ASKED,
            folded=2,
        ),
        "Fri 2026-09-11",
    ),
    "overdue": (replace(REVIEW, kind=NoticeKind.OVERDUE), "Mon 2026-11-23"),
    "escalation": (replace(REVIEW, kind=NoticeKind.ESCALATION, part=Part.OVERSEER), "Tue 2026-11-24"),
    "hand-over": (
        replace(
            REVIEW,
            kind=NoticeKind.HAND_OVER,
            about="inputs-due",
            part=Part.SECRETARIAT,
            next_step=MilestoneId.PACKAGE_ASSEMBLED,
            next_step_on=date(2026, 9, 22),
            owing=(Owing("UNICEF focal point"), Owing("WHO focal point", date(2026, 10, 1))),
            previous_notices=(
                PreviousNotice("UNICEF focal point", NoticeKind.CALL_FOR_INPUTS, date(2026, 8, 18)),
                PreviousNotice("UNICEF focal point", NoticeKind.LAST_REMINDER, date(2026, 9, 11)),
                PreviousNotice("WHO focal point", NoticeKind.CALL_FOR_INPUTS, None),
            ),
        ),
        "Thu 2026-09-17",
    ),
    "for-decision": (
        replace(REVIEW, kind=NoticeKind.FOR_DECISION, about="inputs-due", answer=ASKS_FOR_TIME),
        "Mon 2026-09-14",
    ),
    "way-forward": (DISPUTE, "Tue 2026-11-17"),
    "referral": (
        replace(
            DISPUTE,
            notice_key="way-forward/data-sharing:referral:referred:secretary-general:email",
            kind=NoticeKind.REFERRAL,
            about="referred",
            about_on=date(2027, 1, 20),
            ladder=(
                *DISPUTE.ladder,
                Stepped(StepKind.PRINCIPALS, date(2026, 12, 3), "Coordinator", "Meeting in Geneva"),
                Stepped(StepKind.FAILED, date(2027, 1, 14), "Coordinator", "Two drafts were rejected"),
                Stepped(StepKind.REFERRED, date(2027, 1, 20), "Executive Committee", "Decision EC/2027/1"),
            ),
        ),
        "Thu 2027-01-21",
    ),
    "package-ready": (BY_THE_SECRETARY_GENERAL, "Fri 2026-08-07"),
    "correction": (
        replace(
            REVIEW,
            kind=NoticeKind.CORRECTION,
            about="begins",
            previous_notices=(
                PreviousNotice("Network Secretariat", NoticeKind.REMINDER, date(2026, 8, 3)),
                PreviousNotice("Network Secretariat", NoticeKind.OVERDUE, date(2026, 8, 3)),
            ),
        ),
        "Tue 2026-08-04",
    ),
    "change-of-date": (
        replace(
            GROUPS,
            kind=NoticeKind.CHANGE_OF_DATE,
            due_on=date(2031, 7, 1),
            previous_due_on=date(2031, 3, 31),
            steps=(TARGET_STEP, CEILING_STEP),
        ),
        "Thu 2030-02-14",
    ),
    "receipt": (
        replace(
            REVIEW,
            kind=NoticeKind.RECEIPT,
            about="met",
            met_on=date(2026, 11, 23),
            evidence="UNNM/2026/17",
        ),
        "Mon 2026-11-23",
    ),
}


def day(written: str) -> date:
    """Return the date of `Mon 2026-11-23`, once its weekday is true."""
    weekday, iso = written.split()
    found = date.fromisoformat(iso)
    assert f"{found:%a}" == weekday, written
    return found
