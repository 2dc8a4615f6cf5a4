"""What messages show is said in every language of the instrument; a pack says which those are."""

import shutil
from pathlib import Path

import pytest

from policies.pack.pack import load_pack
from policies.pack.wording import wording_problems
from policies.problems import RefusedFileError
from tests import example_pack
from tests.policies import network

LANGUAGES = ("en", "ar", "fr", "es", "ru", "zh")
NAMED = {name for each in network.PACK.obligations.values() for name in each.provisions}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(network.FOLDER, tmp_path / "pack"))


def without(folder: Path, file: str, line: str) -> None:
    """Take one line out of a file of the pack."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    assert f"{line}\n" in lines
    lines.remove(f"{line}\n")
    (folder / file).write_text("".join(lines), encoding="utf-8")


def refused(folder: Path) -> list[str]:
    with pytest.raises(RefusedFileError) as refusal:
        load_pack(folder)
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("file", "line", "key", "language"),
    [
        ("instrument.toml", 'zh = "联合国移民网络"', "institution", "zh"),
        (
            "instrument.toml",
            'zh = "国际移民问题审查论坛"',
            "events.international-migration-review-forum",
            "zh",
        ),
        ("instrument.toml", 'es = "Reunión de la Red"', "meetings.network-meeting", "es"),
        ("instrument.toml", 'name.ru = "Женева"', "stations.geneva.name", "ru"),
        ("instrument.toml", 'name.ar = "أمانة الشبكة"', "actors.secretariat.name", "ar"),
        ("obligations/annual-meeting.toml", 'es = "Reunión anual de la Red"', "title", "es"),
        ("obligations/annual-meeting.toml", 'fr = "une fois par an"', "versions.2018-12-19.cadence", "fr"),
        (
            "obligations/annual-meeting.toml",
            'title.fr = "Contributions des membres"',
            "package.members-contributions.title",
            "fr",
        ),
        (
            "packages/annual-meeting.toml",
            'asks.ru = "Обзор достигнутого прогресса"',
            "questions.progress.asks",
            "ru",
        ),
        (
            "packages/working-group-review.toml",
            'asks.zh = "须就每个工作组作出决定。"',
            "parts.asks",
            "zh",
        ),
        (
            "packages/working-arrangements-review.toml",
            'where.es = "en poder de la Secretaría de la Red"',
            "references.workplan-status.where",
            "es",
        ),
        ("provisions.toml", 'says.zh = "秘书处监测各项决定的执行情况。"', "SEC-4j.says", "zh"),
    ],
)
def test_words_that_messages_show_are_needed_in_every_language_of_the_instrument(
    folder, file, line, key, language
):
    without(folder, file, line)
    others = ", ".join(each for each in LANGUAGES if each != language)
    expected = f"words in {language} as well: messages show them, and languages of the instrument names it"
    where = file.removeprefix("obligations/")
    assert refused(folder) == [f"{where}: {key}: found words in {others}; expected {expected}"]


def test_empty_words_are_no_words(folder):
    file = folder / "instrument.toml"
    text = file.read_text(encoding="utf-8").replace('name.ru = "Женева"', 'name.ru = " "')
    file.write_text(text, encoding="utf-8")
    assert [problem.split(": ")[1] for problem in refused(folder)] == ["stations.geneva.name"]


def test_one_more_language_asks_for_all_of_its_words(folder):
    file = folder / "instrument.toml"
    text = file.read_text(encoding="utf-8").replace('"zh"]', '"zh", "pt"]', 1)
    file.write_text(text, encoding="utf-8")
    obligations = network.PACK.obligations.values()
    items = sum(3 + len(each.versions) + len(each.package) for each in obligations)
    instrument = network.PACK.instrument
    kinds = len(instrument.events) + len(instrument.meetings) + len(instrument.stations)
    packages = sum(
        len(each.warnings) + len(each.questions) + 2 * len(each.references) + 2 * (each.parts is not None)
        for each in network.PACK.packages.values()
    )
    names = len(network.PACK.member_names)
    assert len(refused(folder)) == items + len(NAMED) + 2 + kinds + len(instrument.actors) + packages + names


def test_every_provision_of_the_shipped_pack_is_said_in_english_and_arabic():
    assert {"en", "ar"} <= set.intersection(*(set(each.says) for each in network.PACK.provisions.values()))


def test_a_provision_that_no_obligation_names_needs_no_more_than_english():
    said = {tuple(each.says) for each in network.PACK.provisions.values() if each.id not in NAMED}
    assert said == {("en", "ar")}


def test_a_pack_in_one_language_needs_that_one_alone():
    pack = example_pack.PACK
    assert pack.instrument.languages == ("en",)
    files = {f"{name}.toml": each for name, each in pack.obligations.items()}
    assert list(wording_problems(pack.instrument, pack.provisions.values(), files, {}, {})) == []
