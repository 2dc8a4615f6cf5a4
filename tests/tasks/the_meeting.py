"""The annual meeting of 2027 in preparation: days to live through, and what people answer meanwhile."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from policies.plans.notice_key import NoticeKey
from records.database import writing
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation, open_installation
from tasks.installation.live import make_live
from tasks.installation.settings import Settings
from tests.days import day
from tests.installations import TODAY, Listed, at, record, workplace_in

CYCLE = "annual-meeting/2027"
CALLED = day("Fri 2027-10-08")
INPUTS_DUE = day("Fri 2027-11-05")


def lived_until_the_call(home: Path) -> Path:
    """Live through what comes before the day of the call, and return the home."""
    with workplace_in(home) as installation:
        for on in (TODAY, day("Mon 2027-01-04"), CALLED - timedelta(days=1)):
            lived(installation, on, on)
    return home


@contextmanager
def copied(home: Path, to: Path) -> Iterator[Installation]:
    """Open a copy of a home as the live one: what is lived through once serves many tests."""
    shutil.copytree(home, to, dirs_exist_ok=True)
    with open_installation(Settings(home=to)) as installation:
        with writing(installation.engine) as session:
            make_live(session, installation.settings, at(CALLED - timedelta(days=1), 7), "a test")
        yield installation


def lived(installation: Installation, first: date, last: date, way_out: Listed | None = None) -> list[str]:
    """Live through the days and return what left, as `day kind id person`, about the annual meeting."""
    seen = []
    for on in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        way = way_out or Listed()
        before = len(way.messages)
        enforce(installation, on, at(on))
        dispatch(installation, on, at(on), way.open_channels)
        for message in way.messages[before:]:
            for key in message.get_all("X-Mandate-Notice", []):
                cycle, kind, scheduled, person, *_ = NoticeKey.parse(str(key))
                if cycle == CYCLE:
                    seen.append(f"{on:%a %Y-%m-%d} {kind} {scheduled} {person}")
    return seen


def answered(installation: Installation, on: date, person: str, kind: str, **more: object) -> None:
    fact = {"cycle": CYCLE, "person": person, "kind": kind, "received_on": on, "source": "a message"}
    record(installation, {"answers": [fact | more]}, on)


def replied(installation: Installation, on: date, person: str, until: date | None = None) -> None:
    fact = {"cycle": CYCLE, "person": person, "replied_on": on, "reason": "as discussed"}
    record(installation, {"replies": [fact | ({"until": until} if until else {})]}, on)


def left_for(person: str, seen: list[str]) -> list[str]:
    """Return what a person was told, but for the receipts of their own answers."""
    return [
        each.rpartition(" ")[0] for each in seen if each.endswith(f" {person}") and " receipt " not in each
    ]
