"""What a file says otherwise than the record, and that taking it over makes the two say the same."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.facts.facts import WHO
from policies.facts.people import ALWAYS, PeopleFacts
from policies.people.deriving import directory_on
from policies.people.directory import Directory
from policies.people.directory_file import DirectoryFile, filed, read_directory, written
from policies.people.taking_over import differences, directory_of, load_directory, taken_over
from tasks.installation.settings import PACK
from tests.days import day
from tests.fuzzing import examples
from tests.policies import network

ON = day("Mon 2027-03-01")
SAID = read_directory(PACK / "directory.toml", network.PACK.actors, network.PACK.instrument.stations)
SHIPPED = load_directory(PACK / "directory.toml", network.PACK.actors, on=ON)


def changed(text: str) -> DirectoryFile:
    return DirectoryFile.model_validate(tomllib.loads(text))


def taken(now: Directory, facts: PeopleFacts, said: DirectoryFile, *, whole: bool) -> Directory:
    """The directory once what the file says otherwise is recorded."""
    content = taken_over(differences(now, said, ON, "a file"), whole=whole)
    more = {
        kind.plural: [*getattr(facts, kind.plural), *(kind.fact(**e) for e in content.get(kind.plural, ()))]
        for kind in WHO.values()
    }
    return directory_on(PeopleFacts(**more), ON)


def test_the_shipped_directory_is_what_its_file_says():
    assert len(SHIPPED.people) == len(SAID.people)
    assert {actor: tuple(ids) for actor, ids in SAID.actors.items()} == SHIPPED.actors
    assert SHIPPED.on_duty == ("secretariat",)
    assert (SHIPPED.sender.name, SHIPPED.sender.address) == (SAID.sender.name, SAID.sender.address)
    assert SHIPPED.status == "unconfirmed"
    assert differences(SHIPPED, SAID, ON, "directory.toml") == []


def test_what_is_written_is_read_back_as_it_was():
    said = changed(written(filed(SHIPPED)))
    assert differences(SHIPPED, said, ON, "a file") == []
    assert filed(directory_of(said, "a file", ON)) == filed(SHIPPED)


EDITS = {
    "an address": ('address = "ilo@example.org"', 'address = "new@example.org"'),
    "a name": ('name = "ILO focal point"', 'name = "Léa Martin"\nnames = { ar = "ليا" }'),
    "a language": ('address = "ilo@example.org"', 'address = "ilo@example.org"\nlanguage = "fr"'),
    "the sender": ('address = "mandates@network.example.org"', 'address = "other@network.example.org"'),
    "another for an actor": ('coordinator = ["coordinator-office"]', 'coordinator = ["iom"]'),
    "the duty officer": ('duty_officer = "secretariat"', 'duty_officer = "iom"'),
    "a confirmation": ('status = "unconfirmed"', 'status = "confirmed"'),
    "quiet hours": ("[sender]", "[quiet.geneva]\nbefore = 08:00:00\nafter = 18:30:00\n\n[sender]"),
    "days away": (
        "[sender]",
        '[[absences]]\nperson = "ilo"\nfirst = 2027-03-02\nlast = 2027-03-09\ndelegate = "iom"\n\n[sender]',
    ),
    "days in which another stands in": (
        "[sender]",
        '[[delegations]]\nperson = "ilo"\nfirst = 2027-03-01\nlast = 2027-03-09\ndelegate = "iom"\n[sender]',
    ),
    "a role": ("[sender]", '[roles]\nreleaser = ["secretariat"]\n\n[sender]'),
}
TEXT = (PACK / "directory.toml").read_text(encoding="utf-8")


def edited(*names: str) -> DirectoryFile:
    text = TEXT
    for name in names:
        old, new = EDITS[name]
        assert old in text, name
        text = text.replace(old, new, 1)
    return changed(text)


def facts_of(said: DirectoryFile) -> PeopleFacts:
    content = taken_over(differences(Directory(ALWAYS), said, ALWAYS, "the first file"), whole=True)
    return PeopleFacts(
        **{kind.plural: [kind.fact(**e) for e in content.get(kind.plural, ())] for kind in WHO.values()}
    )


@pytest.mark.parametrize("edit", EDITS)
def test_each_difference_is_named_and_taken_over(edit: str):
    said = edited(edit)
    assert differences(SHIPPED, said, ON, "a file") != []
    assert differences(taken(SHIPPED, facts_of(SAID), said, whole=True), said, ON, "a file") == []


@given(st.sets(st.sampled_from([*EDITS]).filter(lambda name: name != "an address"), max_size=6))
@settings(max_examples=examples(40), deadline=None)
def test_any_edits_together_are_taken_over(names: set[str]):
    said = edited(*sorted(names - {"days away"}, key=[*EDITS].index), *(names & {"days away"}))
    assert differences(taken(SHIPPED, facts_of(SAID), said, whole=True), said, ON, "a file") == []


def test_who_is_missing_from_the_file_leaves_only_with_a_whole_one():
    said = SAID.model_copy(
        update={
            "people": tuple(person for person in SAID.people if person.id != "who"),
            "actors": {a: tuple(p for p in ids if p != "who") for a, ids in SAID.actors.items()},
        }
    )
    assert "who" in taken(SHIPPED, facts_of(SAID), said, whole=False).standing_for("network-members")
    left = taken(SHIPPED, facts_of(SAID), said, whole=True)
    assert (left.recipient("who"), left.name_of("who")) == (None, "WHO focal point")
    named = [str(each) for each in differences(SHIPPED, said, ON, "a file")]
    assert named[0] == "people.who: WHO focal point on record, nobody in the file"


def test_a_file_in_no_order_that_matters_says_the_same(tmp_path: Path):
    file = tmp_path / "directory.toml"
    file.write_text(written(SAID.model_copy(update={"people": SAID.people[::-1]})), encoding="utf-8")
    assert replace(load_directory(file, network.PACK.actors, on=ON), on=ON) == SHIPPED
