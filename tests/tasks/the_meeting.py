"""The annual meeting of 2027 in preparation: days to live through, and what people answer meanwhile."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from policies.plans.notice_key import NoticeKey
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.settings import Settings
from tasks.installation.workplace import Workplace, open_workplace
from tests.days import day
from tests.workplaces import TODAY, Listed, at, record, workplace_in

CYCLE = "annual-meeting/2027"
CALLED = day("Fri 2027-10-08")
INPUTS_DUE = day("Fri 2027-11-05")


def lived_until_the_call(home: Path) -> Path:
    """Live through what comes before the day of the call, and return the home."""
    with workplace_in(home) as workplace:
        for on in (TODAY, day("Mon 2027-01-04"), CALLED - timedelta(days=1)):
            lived(workplace, on, on)
    return home


@contextmanager
def copied(home: Path, to: Path) -> Iterator[Workplace]:
    """Open a copy of a home: what is lived through once serves many tests."""
    shutil.copytree(home, to, dirs_exist_ok=True)
    with open_workplace(Settings(home=to)) as workplace:
        yield workplace


def lived(workplace: Workplace, first: date, last: date, way_out: Listed | None = None) -> list[str]:
    """Live through the days and return what left, as `day kind rung person`, about the annual meeting."""
    seen = []
    for on in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        way = way_out or Listed()
        before = len(way.messages)
        enforce(workplace, on, at(on))
        dispatch(workplace, on, at(on), way.outlet)
        for message in way.messages[before:]:
            for key in message.get_all("X-Mandate-Notice", []):
                cycle, kind, rung, person, *_ = NoticeKey.parse(str(key))
                if cycle == CYCLE:
                    seen.append(f"{on:%a %Y-%m-%d} {kind} {rung} {person}")
    return seen


def answered(workplace: Workplace, on: date, person: str, kind: str, **more: object) -> None:
    fact = {"cycle": CYCLE, "person": person, "kind": kind, "received_on": on, "source": "a message"}
    record(workplace, {"answers": [fact | more]}, on)


def replied(workplace: Workplace, on: date, person: str, until: date | None = None) -> None:
    fact = {"cycle": CYCLE, "person": person, "replied_on": on, "reason": "as discussed"}
    record(workplace, {"replies": [fact | ({"until": until} if until else {})]}, on)


def left_for(person: str, seen: list[str]) -> list[str]:
    """Return what a person was told, but for the receipts of their own answers."""
    return [
        each.rpartition(" ")[0] for each in seen if each.endswith(f" {person}") and " receipt " not in each
    ]
