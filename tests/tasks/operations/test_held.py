"""Mail that came is held about whom it is from, whom it was taken for, and whom it names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.chain.audit import breaks
from records.database import reading
from records.personal.holding import kept_messages
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import reader_of
from tasks.installation.installation import Installation
from tasks.operations.forgetting import forget
from tasks.operations.held import export, held_about, who
from tests.installations import TODAY, at, workplace_in
from tests.tasks.inputs.mails import reply

MAILS = {
    "own": reply("", "Nothing to add.", sender="ilo").as_bytes(),
    "of another": reply("", "Nothing to add.", sender="undp").as_bytes(),
    "names them": reply("", "Please ask the ILO focal point.", sender="undp").as_bytes(),
    "broken, names them": b"From: undp@example.org\n" + b"X: y\n" * 5000 + b"\n\xff ilo@example.org",
}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path / "home") as opened, reader_of(opened) as reader:
        arrivals = Arrivals(Intake(opened, TODAY), reader, at(TODAY, 9), Collected())
        for place, content in MAILS.items():
            arrivals.take(place, content)
        yield opened


def kept(installation: Installation) -> list[int]:
    with reading(installation.engine) as session:
        return [each.number for each in kept_messages(session)]


def test_what_came_from_somebody_or_names_them_is_held_about_them(installation: Installation, tmp_path: Path):
    known = who(installation, "ilo")
    with reading(installation.engine) as session:
        held = held_about(session, installation, known)
    assert sorted(held.messages) == [1, 3, 4]
    export(installation, held, tmp_path / "out", at(TODAY))
    assert (tmp_path / "out" / "messages" / "1.eml").read_bytes() == MAILS["own"]


def test_it_is_forgotten_with_them_and_the_rest_stays_proved(installation: Installation):
    assert kept(installation) == [1, 2, 3, 4]
    forget(installation, who(installation, "ilo"), "they asked for it", "an officer", at(TODAY, 10))
    assert kept(installation) == [2]
    with reading(installation.engine) as session:
        assert list(breaks(session)) == []
    assert b"ILO focal point" not in (installation.settings.home / "mandates.db").read_bytes()
