"""The directory file begins a record, once; after that it changes nothing until somebody takes it over."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text

from policies.people.directory_file import filed, written
from policies.problems import RefusedFileError
from records.chain.audit import breaks
from records.database import Session, reading, writing
from records.facts.facts import KINDS, in_force, read_facts
from records.facts.people import Person
from records.runs import DIRECTORY, ENFORCE, Run, last_run
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.enforcement.verdicts import Verdict
from tasks.facts.people import directory_differences, import_people
from tasks.facts.people_csv import COLUMNS, csv_of_people
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import PACK, Settings
from tasks.operations.first_start import first_start
from tests.earlier import SEALED_RUNS, seal_anew, take_out
from tests.installations import TODAY, Listed, at, directory, record, workplace_in

S = {"source": "a letter"}
LATER = TODAY + timedelta(days=30)


def with_file(home: Path, edit: Callable[[str], str] = str) -> Settings:
    file = home / "people" / "directory.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(edit((PACK / "directory.toml").read_text(encoding="utf-8")), encoding="utf-8")
    return Settings(home=home, directory=file)


def opened(settings: Settings) -> Installation:
    installation = open_installation(settings)
    first_start(installation, TODAY, at(TODAY))
    return installation


def other_address(said: str) -> str:
    return said.replace('address = "ilo@example.org"', 'address = "edited@example.org"')


def test_an_edited_file_changes_nothing_and_the_doctor_names_the_difference(tmp_path: Path):
    settings = with_file(tmp_path)
    opened(settings).engine.dispose()
    with opened(with_file(tmp_path, other_address)) as installation:
        found = directory(installation).recipient("ilo")
        assert found is not None
        assert found.address == "ilo@example.org"
        with reading(installation.engine) as session:
            (said,) = directory_differences(session, installation, TODAY)
        file = settings.directory
        assert said == (
            "directory.toml: people.ilo.address: ilo@example.org on record, edited@example.org in the file; "
            f"to record what the file says: mandates people import {file}; "
            f"to write the file from the record: mandates people write {file}"
        )
        assert file is not None
        taken, left = import_people(installation, file, TODAY, "an officer", at(TODAY, 12), TODAY)
        assert (taken.new, left) == (1, [])
        with reading(installation.engine) as session:
            assert directory_differences(session, installation, TODAY) == []


def test_a_broken_file_stops_nothing_once_people_are_on_record_and_its_mistakes_are_named(tmp_path: Path):
    opened(with_file(tmp_path)).engine.dispose()
    with opened(with_file(tmp_path, lambda said: said.replace("status =", "stat us ="))) as installation:
        assert enforce(installation, TODAY, at(TODAY)).opened
        with reading(installation.engine) as session:
            (said,) = directory_differences(session, installation, TODAY)
    assert "directory.toml" in said
    assert said.endswith("(the record says who is who; the file changes nothing)")


def test_a_first_start_without_a_directory_file_begins_with_nobody_and_a_table_brings_them(tmp_path: Path):
    table = tmp_path / "people.csv"
    table.write_text("id;name;address;actors\nana;Ana A.;ana@example.org;secretariat\n", encoding="utf-8")
    with opened(Settings(home=tmp_path / "home", directory=table)) as installation:
        there = directory(installation)
        assert [(person.id, person.address) for person in there.people] == [("ana", "ana@example.org")]
        assert there.on_duty == ("ana",)


def test_a_table_changes_what_its_cells_say_and_nothing_else(tmp_path: Path):
    file = tmp_path / "people.csv"
    with workplace_in(tmp_path, {}) as installation:
        names = {"id": "ilo", "name": "Léa Martin", "names": {"ar": "ليا"}, "since_on": TODAY, **S}
        record(installation, {"people": [names]}, TODAY)
        before = directory(installation)
        file.write_bytes(csv_of_people(before))
        taken, left = import_people(installation, file, LATER, "an officer", at(TODAY), TODAY, whole=True)
        assert (taken.new, left) == (0, [])
        rows = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8-sig"))))
        assert [*rows[0]] == [*COLUMNS, "name_ar"]
        file.write_text("id,name,address\nilo,Léa Martin,=lea@example.org\n", encoding="utf-8")
        import_people(installation, file, LATER, "an officer", at(TODAY), TODAY)
        after = directory(installation, LATER)
        assert directory(installation) == before
    changed = [person for person in after.people if person not in before.people]
    assert [(person.id, person.address, person.names) for person in changed] == [
        ("ilo", "=lea@example.org", {"ar": "ليا"})
    ]
    assert after.actors == before.actors


def test_a_table_with_mistakes_is_refused_whole(tmp_path: Path):
    file = tmp_path / "people.csv"
    file.write_text(
        "id,name,address,actors\nana,Ana,ana@example.org,king\nben,Ben,nowhere,\n", encoding="utf-8"
    )
    with workplace_in(tmp_path, {}) as installation:
        with pytest.raises(RefusedFileError, match=r"people\.1\.address"):
            import_people(installation, file, TODAY, "an officer", at(TODAY), TODAY)
        file.write_text("id,name,address,actors\nana,Ana,ana@example.org,king\n", encoding="utf-8")
        with pytest.raises(RefusedFileError, match=r"actors\.king"):
            import_people(installation, file, TODAY, "an officer", at(TODAY), TODAY)
        file.write_text("id,nome\nana,Ana\n", encoding="utf-8")
        with pytest.raises(RefusedFileError, match="the columns id, name, address"):
            import_people(installation, file, TODAY, "an officer", at(TODAY), TODAY)
        assert directory(installation).name_of("ana") == "ana"


def test_what_was_known_then_is_read_as_it_was_known(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        other = {"person": "ilo", "since_on": TODAY, "address": "new@example.org", **S}
        record(installation, {"contacts": [other]}, LATER)
        with reading(installation.engine) as session:
            then, now = (read_facts(session, known_at).who for known_at in (at(TODAY), None))
            assert len(now.contacts) == len(then.contacts) + 1
            assert read_facts(session, at(TODAY.replace(year=1999))).who == then


WHO = ("people", "contacts", "appointments", "senders", "program_roles")


def as_an_earlier_version(session: Session, installation: Installation) -> None:
    """Take out who is who, and seal the rest as it would have been sealed without: what 0.2.0 before left."""
    begun = last_run(session, DIRECTORY)
    assert begun is not None
    number = begun.id
    take_out(session, (*WHO, *SEALED_RUNS))
    session.execute(text("DELETE FROM runs WHERE id = :id"), {"id": number})
    session.execute(text("DELETE FROM audit_links WHERE \"table\" = 'runs' AND row = :id"), {"id": number})
    session.expire_all()
    for run in session.query(Run).filter(Run.flow == ENFORCE):
        run.summary = {**run.summary, "basis": installation.basis_with_directory}
    seal_anew(session)


def test_a_record_of_the_version_before_goes_on_with_the_people_of_its_file(tmp_path: Path):
    days = [TODAY + timedelta(days=n) for n in range(9)]
    with workplace_in(tmp_path) as installation:
        for on in days:
            enforce(installation, on, at(on))
            dispatch(installation, on, at(on), Listed().open_channels)
        with writing(installation.engine) as session:
            as_an_earlier_version(session, installation)
        with reading(installation.engine) as session:
            assert list(breaks(session)) == []
            assert list(in_force(session, Person)) == []
    with open_installation(Settings(home=tmp_path)) as again:
        taken_on = days[-1] + timedelta(days=1)
        first_start(again, taken_on, at(taken_on))
        first_start(again, taken_on, at(taken_on, 7))
        with reading(again.engine) as session:
            proof = proof_of(session, again, days[0], days[-1])
            assert (proof.holds, proof.failures) == (True, [])
            assert proof.owed > 50
            assert {each.verdict for each in proof.runs} == {Verdict.ACCOUNTED_FOR}
            assert list(breaks(session)) == []
            assert directory_differences(session, again, TODAY) == []
            assert len(list(in_force(session, KINDS["person"]))) == len(directory(again).people)
        assert enforce(again, days[-1], at(taken_on)).notices == []
        other = replace(again, pack=replace(again.pack, folder=tmp_path))
        (tmp_path / "instrument.toml").write_text("other = 1", encoding="utf-8")
        with reading(other.engine) as session:
            proof = proof_of(session, other, days[0], days[-1])
            assert proof.verdicts[Verdict.ACCOUNTED_FOR] == len(days)
            assert sum("cannot be derived any more" in each.why[0] for each in proof.runs if each.why) == len(
                days
            )
            assert proof.verdicts[Verdict.ANEW] == 1


def test_an_export_begins_another_record_with_the_same_people(tmp_path: Path):
    with workplace_in(tmp_path / "one", {}) as one:
        away = {"person": "ilo", "first": TODAY, "last": LATER, **S}
        record(one, {"absences": [away], "delegations": [{**away, "delegate": "iom"}]}, TODAY)
        there = directory(one)
    file = tmp_path / "directory.toml"
    file.write_text(written(filed(there)), encoding="utf-8")
    with opened(Settings(home=tmp_path / "other", directory=file)) as other:
        assert filed(directory(other)) == filed(there)
