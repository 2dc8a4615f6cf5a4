"""The verdict on each enforcement: proved anew, proved from its seals, or not proved, and why."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.command import downgrade
from alembic.config import Config

from records.chain.audit import breaks
from records.database import MIGRATIONS, Session, reading, writing
from records.editions import EditionOf, RunSeal, digest_of, keep_edition, listed, record_run_seal, run_seals
from records.facts.facts import correct_fact
from records.ledger.moves import last_move
from records.runs import ENFORCE, last_run, record_run
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import Proof, proof_of
from tasks.enforcement.verdicts import Verdict
from tasks.installation.installation import Installation, open_installation
from tasks.installation.last_good import keep_last_good
from tasks.installation.settings import PACK, Settings
from tests.earlier import another_program, as_version_0021
from tests.installations import TODAY, Listed, at, record, workplace_in

NEXT = TODAY + timedelta(days=1)
PLANS = "plans.toml"
OPENED = 'kind = "opening", at = "begins", to = ["secretariat", "holder", "supports"]'
S = {"since_on": NEXT, "source": "a letter"}
PEOPLE: Mapping[str, list[dict[str, object]]] = {
    "people": [{"id": "new-ilo", "name": "Ana Example", "names": {}, **S}],
    "contacts": [{"person": "new-ilo", "address": "ana@example.org", "language": "en", **S}],
    "successions": [{"person": "ilo", "successor": "new-ilo", **S}],
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a pack of its own, and one day lived through."""
    pack = shutil.copytree(PACK, tmp_path / "pack")
    with workplace_in(tmp_path) as installation:
        assert installation.pack.folder == PACK
        run(replace(installation, settings=Settings(home=tmp_path, policies=pack)), TODAY)
    return tmp_path


@contextmanager
def opened(home: Path) -> Iterator[Installation]:
    with open_installation(Settings(home=home, policies=home / "pack")) as installation:
        yield installation


def run(installation: Installation, on: date) -> None:
    enforce(installation, on, at(on))
    dispatch(installation, on, at(on, 7), Listed().open_channels)


def proved(installation: Installation, last: date = NEXT) -> Proof:
    with reading(installation.engine) as session:
        return proof_of(session, installation, TODAY, last)


def older_schema(installation: Installation, revision: str) -> None:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    with installation.engine.execution_options(writes=True).begin() as connection:
        made.attributes["connection"] = connection
        downgrade(made, revision)


def found(proof: Proof) -> list[tuple[Verdict, list[str]]]:
    return [(each.verdict, list(each.why)) for each in proof.runs]


def edited(file: Path, edit: Callable[[str], str]) -> None:
    said = file.read_text(encoding="utf-8")
    assert edit(said) != said
    file.write_text(edit(said), encoding="utf-8")


ANEW: tuple[Verdict, list[str]] = (Verdict.ANEW, [])
FROM_SEALS = (Verdict.FROM_SEALS, ["run by another edition of the program"])


def test_a_comment_in_a_file_of_the_rules_takes_nothing_from_the_proof(home: Path):
    edited(home / "pack" / PLANS, lambda said: f"# A comment.\n{said}")
    with opened(home) as installation:
        run(installation, NEXT)
        assert found(proved(installation)) == [ANEW, ANEW]


def test_each_run_is_derived_again_by_the_rules_of_its_time(home: Path):
    """Under the rules of today the first day would have owed other notices than it did."""
    edited(home / "pack" / PLANS, lambda said: said.replace(OPENED, OPENED.replace(', "supports"', "")))
    with opened(home) as installation:
        run(installation, NEXT)
        proof = proved(installation)
        assert found(proof) == [ANEW, ANEW]
        first, second = (each.keys for each in proof.runs)
        assert not first <= second


def test_an_edited_directory_and_people_who_change_take_nothing_from_the_proof(home: Path):
    edited(home / "pack" / "directory.toml", lambda said: f"# A comment.\n{said}")
    with opened(home) as installation:
        record(installation, dict(PEOPLE), NEXT)
        run(installation, NEXT)
        proof = proved(installation)
        assert found(proof) == [ANEW, ANEW]


def test_what_another_edition_of_the_program_derived_is_proved_from_its_seals(home: Path, tmp_path: Path):
    with opened(home) as installation:
        newer = another_program(installation, tmp_path / "newer")
        run(newer, NEXT)
        proof = proved(newer)
        assert (proof.holds, proof.verdict, found(proof)) == (True, Verdict.FROM_SEALS, [FROM_SEALS, ANEW])
        assert proof.owed > 50
        assert found(proved(installation)) == [ANEW, FROM_SEALS]


def test_what_was_recorded_at_the_same_instant_after_a_run_was_not_known_to_it(home: Path):
    with opened(home) as installation:
        review = {"obligation": "annual-meeting", "completed_on": TODAY, "evidence": "summary"}
        run(installation, NEXT)
        record(installation, {"completions": [review]}, NEXT)
        with writing(installation.engine) as session:
            correct_fact(session, "completion", 1, "a slip", "an officer", at(NEXT))
        assert found(proved(installation)) == [ANEW, ANEW]


@dataclass(frozen=True)
class Forged:
    """What a run sealed, other than a sound one would have, and why it is not proved."""

    why: str
    keys: Callable[[list[str]], list[str]] = list
    count: int | None = None
    engine: str | None = None
    rules: str | None = None
    people: str | None = None


NONE = "0" * 64
LOST = "annual-meeting/2031:opening:begins:ilo:email"
WRONG = {
    "a notice less": Forged("derived again are", keys=lambda keys: keys[1:]),
    "a notice that was never entered": Forged(
        f"the ledger did not have all that was owed: {LOST}", keys=lambda keys: [*keys, LOST]
    ),
    "another count": Forged("count and digest that it sealed are not those of the lists", count=7),
    "rules that are not kept": Forged("the edition of the rules that it sealed is not kept", rules=NONE),
    "an engine that is not kept": Forged("the edition of the engine that it sealed is not kept", engine=NONE),
    "other people": Forged("who was who is not what it sealed", people=NONE),
}


def sealed_otherwise(session: Session, owed: list[str], forged: Forged) -> None:
    """Record a run like the last one that seals something else, as a program with a mistake would."""
    latest = last_run(session, ENFORCE)
    assert latest is not None
    of = run_seals(session, [latest.id])[latest.id]
    again = record_run(session, ENFORCE, NEXT, at(NEXT), latest.summary)
    keys = forged.keys(owed)
    content = listed(keys)
    seal = RunSeal(
        recorded_at=at(NEXT),
        recorded_by=ENFORCE,
        run=again.id,
        engine=forged.engine or of.engine,
        rules=forged.rules or of.rules,
        people=forged.people or of.people,
        moves_before=last_move(session),
        owed=forged.count or len(keys),
        digest=digest_of(content),
        lists=[keep_edition(session, EditionOf.OWED, content, at(NEXT))],
    )
    record_run_seal(session, seal)


@pytest.mark.parametrize("name", WRONG)
def test_a_run_that_sealed_something_else_is_not_proved_and_it_is_said_why(home: Path, name: str):
    forged = WRONG[name]
    with opened(home) as installation:
        run(installation, NEXT)
        of_next = proved(installation).runs[1]
        with writing(installation.engine) as session:
            sealed_otherwise(session, of_next.derived.keys, forged)
        proof = proved(installation)
        with reading(installation.engine) as session:
            assert list(breaks(session)) == []
        assert [each.verdict for each in proof.runs] == [Verdict.ANEW, Verdict.ANEW, Verdict.NOT_PROVED]
        assert not proof.holds
        assert any(forged.why in each for each in proof.failures)
        assert all(each.startswith(("the run for 2026-11-24 (", f"{LOST}: owed")) for each in proof.failures)


def test_people_of_another_time_are_not_those_that_a_run_knew(home: Path):
    with opened(home) as installation:
        with reading(installation.engine) as session:
            [before] = [seal.people for seal in run_seals(session, range(100)).values()]
        record(installation, dict(PEOPLE), NEXT)
        run(installation, NEXT)
        owed = proved(installation).runs[1].derived.keys
        with writing(installation.engine) as session:
            sealed_otherwise(session, owed, Forged("", people=before))
        assert found(proved(installation)) == [
            ANEW,
            ANEW,
            (Verdict.NOT_PROVED, ["who was who is not what it sealed"]),
        ]


def test_what_the_version_before_proved_is_still_accounted_for_and_not_called_proved(home: Path):
    with opened(home) as installation:
        run(installation, NEXT)
        with writing(installation.engine) as session:
            as_version_0021(session)
        older_schema(installation, "0021")
    with opened(home) as installation:
        proof = proved(installation)
        with reading(installation.engine) as session:
            assert list(breaks(session)) == []
        before = (Verdict.ACCOUNTED_FOR, ["from before anything was sealed of what a run derives"])
        assert (proof.holds, found(proof)) == (True, [before, before])
        assert proof.verdict is Verdict.ACCOUNTED_FOR
        later = NEXT + timedelta(days=1)
        run(installation, later)
        assert found(proved(installation, later)) == [before, before, ANEW]


def test_rules_of_the_version_before_are_looked_for_among_the_copies_that_were_kept(home: Path):
    with opened(home) as installation:
        keep_last_good(installation.settings)
        run(installation, NEXT)
        with writing(installation.engine) as session:
            as_version_0021(session)
    edited(home / "pack" / PLANS, lambda said: f"# A comment.\n{said}")
    with opened(home) as installation:
        derived = proved(installation)
        shutil.rmtree(home / "last-good")
        proof = proved(installation)
        assert (derived.verdict, proof.verdict) == (Verdict.ACCOUNTED_FOR, Verdict.ACCOUNTED_FOR)
        assert derived.owed > 50
        assert proof.owed == 0
        assert all("cannot be derived any more" in each.why[0] for each in proof.runs)


def test_a_run_without_a_seal_after_runs_that_have_one_is_not_proved(home: Path):
    with opened(home) as installation:
        with writing(installation.engine) as session:
            latest = last_run(session, ENFORCE)
            assert latest is not None
            record_run(session, ENFORCE, NEXT, at(NEXT), latest.summary)
        assert found(proved(installation))[1] == (
            Verdict.NOT_PROVED,
            ["it sealed nothing of what it derived, though runs before it did"],
        )
