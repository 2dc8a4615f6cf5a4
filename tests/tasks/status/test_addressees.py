from dataclasses import replace
from pathlib import Path

from policies.pack.pack import load_pack
from policies.people.taking_over import load_directory
from tasks.status.addressees import silent, unheld, unspoken
from tests import example_pack
from tests.example_pack import SAFETY, copied


def test_in_the_example_every_rung_reaches_somebody():
    directory = load_directory(example_pack.FOLDER / "directory.toml", example_pack.PACK.actors)
    assert unheld(example_pack.PACK, directory) == {}
    assert list(unspoken(example_pack.PACK)) == []
    assert silent(example_pack.PACK, directory) == []


def test_an_actor_for_whom_nobody_stands_is_named_with_the_rungs_that_speak_to_it(tmp_path: Path):
    folder = copied(tmp_path, ("directory.toml", 'pilots = ["pilots-office"]\n', ""))
    directory = load_directory(folder / "directory.toml", example_pack.PACK.actors)
    assert unheld(example_pack.PACK, directory) == {
        "pilots": [
            f"{scheduled} of {obligation}"
            for obligation in ("congress-paper", "pilotage-review", "safety-report")
            for scheduled in ("call-for-inputs at call-for-inputs", "last-reminder at inputs-due-3")
        ]
    }
    assert silent(example_pack.PACK, directory) == ["pilots"]


def test_where_the_directory_has_nobody_all_are_silent_whom_a_duty_names_or_a_rung_speaks_to():
    directory = load_directory(example_pack.FOLDER / "directory.toml", example_pack.PACK.actors)
    empty = replace(directory, places={}, duty=())
    named = {actor for obligation in example_pack.PACK.obligations.values() for actor in obligation.actors}
    assert silent(example_pack.PACK, empty) == sorted(named | set(unheld(example_pack.PACK, empty)))


def test_a_rung_to_a_part_that_nobody_has_is_named(tmp_path: Path):
    pack = load_pack(copied(tmp_path, (SAFETY, 'contributors = ["pilots", "terminals"]\n', "")))
    assert list(unspoken(pack)) == [
        "safety-report: nobody is contributors, so call-for-inputs at call-for-inputs reaches no one",
        "safety-report: nobody is contributors, so last-reminder at inputs-due-3 reaches no one",
    ]
