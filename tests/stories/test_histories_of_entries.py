"""Histories of dates: what the subscriber of a feed and a reader of mail are told, entry by entry.

Each history is lived through, and its golden file holds all that was seen: for every change METHOD, SEQUENCE,
STATUS, the day and the title. Every file is read by icalendar and by ical.js, and libical has no complaint.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from policies.pack.pack import Pack
from policies.plans.milestones import MilestoneId
from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.question import Editions
from policies.recurrence.rolling_ceiling import RollingCeiling
from tests.days import day
from tests.golden import GOLDEN, assert_golden
from tests.installations import FORUM, Facts
from tests.stories.calendars import (
    Life,
    Step,
    complaints_about,
    forum,
    forum_between,
    life,
    nothing,
    read_by_ical_js,
    read_by_icalendar,
    recorded,
    ruled,
    withdrawn,
)

FOLDER = GOLDEN / "histories-of-entries"
GROUPS, ARRANGEMENTS = "working-group-review", "working-arrangements-review"
FOLLOW_UP = "decision-follow-up"


def completed(obligation: str, on: str) -> Facts:
    return {"completions": [{"obligation": obligation, "completed_on": day(on), "evidence": f"report, {on}"}]}


def called(on: str, title: str = "Annual meeting 2027", place: str = "Geneva") -> Facts:
    call = {"id": "annual-2027", "kind": "annual-meeting", "source": "the call", "starts_on": day(on)}
    return {"convenings": [call | {"title": title, "place": place}]}


def called_off(on: str, reason: str = "no quorum") -> Facts:
    return {"cancellations": [{"meeting": "annual-2027", "cancelled_on": day(on), "reason": reason}]}


def held(on: str) -> Facts:
    meeting = {
        "id": "annual-2027",
        "kind": "annual-meeting",
        "held_on": day(on),
        "title": "Annual meeting 2027",
    }
    return {"meetings": [meeting | {"source": "the minutes"}]}


def decided(name: str, due_on: str) -> Facts:
    decision = {"id": name, "decided_on": day("Mon 2026-06-01"), "owner": "iom", "due_on": day(due_on)}
    return {"decisions": [decision | {"text": "Publish the handbook", "source": "the minutes"}]}


def planned(weeks: int) -> Step:
    """Return the step that inputs are due so many weeks before, by another plan."""

    def change(pack: Pack) -> Pack:
        name = pack.obligations[GROUPS].plan
        plan = pack.plans[name]
        steps = tuple(
            rule.model_copy(update={"weeks_before": weeks}) if rule.id == MilestoneId.INPUTS_DUE else rule
            for rule in plan.milestones
        )
        return replace(pack, plans={**pack.plans, name: plan.model_copy(update={"milestones": steps})})

    return ruled(change)


def versioned(obligation: str, recurrence: object) -> Step:
    """Return the step of another rule for a duty."""

    def change(pack: Pack) -> Pack:
        duty = pack.obligations[obligation]
        versions = (duty.versions[0].model_copy(update={"recurrence": recurrence}),)
        changed = duty.model_copy(update={"versions": versions})
        return replace(pack, obligations={**pack.obligations, obligation: changed})

    return ruled(change)


CEILING = RollingCeiling(kind="rolling-ceiling", months=11, source="another reading")
LIMIT = BeforeEvent(
    kind="before-event",
    event=FORUM,
    editions=Editions(first=2026, every_years=4, source="the text"),
    weeks=10,
    source="the text",
)
HELD = forum("Tue 2026-05-05", "Fri 2026-05-08")
AS_BEFORE = forum("Tue 2026-05-05", "Fri 2026-05-08", source="as it was")
LATER = forum("Tue 2026-05-12", "Fri 2026-05-15", source="a later programme")
SOME_DAY = forum_between("Fri 2026-05-01", "Sun 2026-05-31")
REVIEWED = completed(GROUPS, "Tue 2022-12-06")
LAST_TIME = completed(ARRANGEMENTS, "Mon 2025-11-10")
TARGET, INPUTS = f"target.{GROUPS}.2026", f"inputs-due.{GROUPS}.2026"
DUE, LIMITED = f"due.{ARRANGEMENTS}.since-2025-11-10", f"due.{ARRANGEMENTS}.2026"
MEETING = "meeting.annual-2027"


@dataclass(frozen=True)
class History:
    """Days with what is recorded on each; the entries `watched`, and the `reader` of mail who is asked.

    One more day comes so many `after` the last, where any are given.
    """

    duty: str
    watched: Sequence[str]
    days: Mapping[str, Sequence[Step]]
    reader: str = "secretariat"
    after: int = 0


def of_groups(
    *later: Sequence[Step],
    watched: Sequence[str] = (TARGET,),
    reader: str = "secretariat",
    after: int = 0,
) -> History:
    """A history of the review after the forum: its first day, and what is recorded from then on."""
    first = (recorded(HELD), recorded(REVIEWED))
    return History(GROUPS, watched, _every_third_day("Mon 2026-06-29", first, *later), reader, after)


def of_arrangements(*later: Sequence[Step], reader: str = "secretariat") -> History:
    return History(
        ARRANGEMENTS,
        (f"due.{ARRANGEMENTS}.",),
        _every_third_day("Mon 2026-08-31", [recorded(LAST_TIME)], *later),
        reader,
    )


def of_meeting(*later: Sequence[Step], after: int = 0) -> History:
    days = _every_third_day("Mon 2027-01-04", [recorded(called("Tue 2027-10-19"))], *later)
    return History(GROUPS, (MEETING,), days, after=after)


def of_limit(*later: Sequence[Step]) -> History:
    first = (versioned(ARRANGEMENTS, LIMIT), recorded(forum("Tue 2026-10-06", "Fri 2026-10-09")))
    return History(ARRANGEMENTS, (LIMITED,), _every_third_day("Mon 2026-06-01", first, *later))


def of_decision(*later: Sequence[Step]) -> History:
    first = [recorded(decided("handbook", "Tue 2026-12-01"))]
    return History(FOLLOW_UP, (f"due.{FOLLOW_UP}.",), _every_third_day("Mon 2026-06-01", first, *later))


def _every_third_day(first: str, *steps: Sequence[Step]) -> dict[str, Sequence[Step]]:
    on = day(first).toordinal()
    return {f"{date.fromordinal(on + 3 * number):%a %Y-%m-%d}": each for number, each in enumerate(steps)}


HISTORIES = {
    "the date is moved": of_groups([recorded(LATER)]),
    "the date is moved and moved back": of_groups([recorded(LATER)], [recorded(AS_BEFORE)]),
    "the date is moved twice between two runs": of_groups(
        [recorded(LATER), recorded(forum("Tue 2026-05-19", "Fri 2026-05-22", source="later still"))]
    ),
    "the date is moved and moved back between two runs": of_groups([recorded(LATER), recorded(AS_BEFORE)]),
    "the same is recorded again": of_groups([recorded(HELD)], [recorded(AS_BEFORE)]),
    "the date is lost": of_groups([recorded(SOME_DAY)]),
    "the date is lost for a long time": of_groups([recorded(SOME_DAY)], after=100),
    "the date is lost and found as it was": of_groups([recorded(SOME_DAY)], [recorded(AS_BEFORE)]),
    "the date is lost and found on another day": of_groups([recorded(SOME_DAY)], [recorded(LATER)]),
    "the date is lost and found between two runs": of_groups([recorded(SOME_DAY), recorded(AS_BEFORE)]),
    "the date is moved, lost and found, and lost again": of_groups(
        [recorded(LATER)],
        [recorded(SOME_DAY)],
        [recorded(AS_BEFORE)],
        [recorded(forum_between("Fri 2026-05-01", "Tue 2026-06-30"))],
    ),
    "the range becomes another": of_groups(
        [recorded(SOME_DAY)], [recorded(forum_between("Mon 2026-06-01", "Tue 2026-06-30"))]
    ),
    "the date becomes uncertain and certain again": of_groups(
        [recorded(forum("Tue 2026-05-05", "Fri 2026-05-08", "tentative", "a rumour"))], [recorded(AS_BEFORE)]
    ),
    "the announcement of the date is withdrawn": of_groups([withdrawn("event", 1)], [recorded(LATER)]),
    "the duty is met": of_groups([recorded(completed(GROUPS, "Wed 2026-07-01"))]),
    "the duty is met, which is withdrawn": of_groups(
        [recorded(completed(GROUPS, "Wed 2026-07-01"))], [withdrawn("completion", 2)]
    ),
    "the duty is met, which is withdrawn, and met again": of_groups(
        [recorded(completed(GROUPS, "Wed 2026-07-01"))],
        [withdrawn("completion", 2)],
        [recorded(completed(GROUPS, "Tue 2026-07-07"))],
    ),
    "the duty is met after its date moved": of_groups(
        [recorded(LATER)], [recorded(completed(GROUPS, "Fri 2026-07-03"))]
    ),
    "whoever was asked for an input hears that the duty is met": of_groups(
        [recorded(completed(GROUPS, "Wed 2026-07-01"))], watched=(TARGET, INPUTS), reader="unfpa"
    ),
    "a plan asks for inputs earlier": of_groups([planned(14)], watched=(INPUTS,), reader="unfpa"),
    "a plan asks for inputs earlier and as before again": of_groups(
        [planned(14)], [planned(12)], watched=(INPUTS,), reader="unfpa"
    ),
    "a rule leaves less time": of_arrangements([versioned(ARRANGEMENTS, CEILING)]),
    "the next count begins with what was done": of_arrangements(
        [recorded(completed(ARRANGEMENTS, "Wed 2026-09-02"))]
    ),
    "what was done is withdrawn": of_arrangements(
        [recorded(completed(ARRANGEMENTS, "Wed 2026-09-02"))], [withdrawn("completion", 2)]
    ),
    "what a duty is counted from is withdrawn": of_arrangements([withdrawn("completion", 1)]),
    "what a duty is counted from is withdrawn and recorded again": of_arrangements(
        [withdrawn("completion", 1)], [recorded(LAST_TIME)]
    ),
    "what a duty is counted from was on another day": of_arrangements(
        [withdrawn("completion", 1), recorded(completed(ARRANGEMENTS, "Tue 2025-11-11"))]
    ),
    "a limit before an event that moves, is lost and found": of_limit(
        [recorded(forum("Tue 2026-10-13", "Fri 2026-10-16", source="moved"))],
        [recorded(forum_between("Thu 2026-10-01", "Sat 2026-10-31"))],
        [recorded(forum("Tue 2026-10-06", "Fri 2026-10-09", source="found"))],
    ),
    "a decision is withdrawn": of_decision([withdrawn("decision", 1)]),
    "a decision is withdrawn and recorded with another day": of_decision(
        [withdrawn("decision", 1)], [recorded(decided("handbook", "Fri 2027-01-15"))]
    ),
    "a meeting is called for another day": of_meeting([recorded(called("Mon 2027-10-25"))]),
    "a meeting is called for another day and for the first again": of_meeting(
        [recorded(called("Mon 2027-10-25"))], [recorded(called("Tue 2027-10-19", place="Geneva, room XX"))]
    ),
    "a meeting is called off": of_meeting([recorded(called_off("Mon 2027-01-04"))]),
    "a meeting is called off for a long time": of_meeting(
        [recorded(called_off("Mon 2027-01-04"))], after=100
    ),
    "a meeting is called off, which is withdrawn": of_meeting(
        [recorded(called_off("Mon 2027-01-04"))], [withdrawn("cancellation", 1)]
    ),
    "a meeting is called off, which is withdrawn, and called again": of_meeting(
        [recorded(called_off("Mon 2027-01-04"))],
        [withdrawn("cancellation", 1)],
        [recorded(called("Tue 2027-11-16"))],
    ),
    "a meeting is called off twice": of_meeting(
        [recorded(called_off("Mon 2027-01-04"))],
        [withdrawn("cancellation", 1)],
        [recorded(called_off("Tue 2027-01-05", "no room"))],
    ),
    "the call of a meeting is withdrawn": of_meeting([withdrawn("convening", 1)]),
    "the second call of a meeting is withdrawn": of_meeting(
        [recorded(called("Mon 2027-10-25"))], [withdrawn("convening", 2)]
    ),
    "a meeting is called by another title, with Word’s line in it": of_meeting(
        [recorded(called("Tue 2027-10-19", "Annual\vmeeting, 2027"))]
    ),
    "a meeting was held": of_meeting([recorded(held("Wed 2027-01-06"))]),
}


def lived(history: History) -> Life:
    with life([history.duty], history.reader, history.watched) as found:
        for on, steps in history.days.items():
            found.day(day(on), *steps)
        if history.after:
            found.day(day(on) + timedelta(days=history.after), nothing)
    return found


@pytest.mark.parametrize("name", HISTORIES)
def test_every_change_is_told_and_counted(name: str, ical_js: Path, tmp_path: Path):
    found = lived(HISTORIES[name])
    told = [f"# {name}", "", "The feed:", *found.fed, "", f"Mails to {found.reader}:", *found.mailed, ""]
    assert_golden(FOLDER / f"{re.sub('[^a-z]+', '-', name.lower())}.txt", "\n".join(told))
    assert complaints_about(found.files) == {}
    assert read_by_ical_js(found.files, ical_js, tmp_path) == read_by_icalendar(found.files)
