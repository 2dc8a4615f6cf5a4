"""The calendar of a span: nothing of it depends on where the span ends."""

from dataclasses import replace

from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.question import Editions
from tasks.calendar.calendar import calendar_between
from tests.days import day
from tests.policies.network import AS_OF, FACTS, FORUM, PACK, forum

ORIGINAL = PACK.obligations["working-arrangements-review"]
LIMIT = BeforeEvent(
    kind="before-event",
    event=FORUM,
    editions=Editions(first=2026, every_years=4, source="the text"),
    weeks=26,
    source="the text",
)
FORUM_2030 = forum("2030", "Tue 2030-01-08", "Fri 2030-01-11")
LIMITED = replace(
    PACK,
    obligations={
        ORIGINAL.id: ORIGINAL.model_copy(
            update={"versions": (ORIGINAL.versions[0].model_copy(update={"recurrence": LIMIT}),)}
        )
    },
)


def test_a_limit_in_the_year_before_its_event_is_in_the_calendar_of_that_year():
    facts = replace(FACTS, events=(*FACTS.events, FORUM_2030))
    rows = calendar_between(LIMITED, facts, AS_OF, day("Mon 2029-01-01"), day("Mon 2029-12-31"))
    assert [(row["cycle"], row["due_on"]) for row in rows] == [
        ("working-arrangements-review/2030", "2029-07-10")
    ]
