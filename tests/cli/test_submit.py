"""`mandates submit`, `mandates collect` and `mandates package`, as people type them.

The system went live on the day the test runs, so the cycle is one that is open on any day.
"""

import os
from pathlib import Path

import pytest

from tests.cli.command import Mandates
from tests.input_packages.files import OLE, repacked, word

CYCLE = "working-arrangements-review/since-2025-11-10"
BY = ("--by", "an officer")


@pytest.fixture(scope="module")
def mandates(tmp_path_factory) -> Mandates:
    made = Mandates(tmp_path_factory.mktemp("home"))
    made.imported()
    assert made("enforce").code == 0
    return made


def test_files_are_taken_and_a_refused_one_ends_with_1_and_says_why(mandates: Mandates, tmp_path: Path):
    good, bad = tmp_path / "إسهام.docx", tmp_path / "macros.docx"
    good.write_bytes(word())
    bad.write_bytes(repacked(word(), {"word/vbaProject.bin": OLE}))
    taken = mandates("submit", CYCLE, "ilo", str(good), *BY)
    assert (taken.code, taken.err) == (0, "")
    assert "إسهام.docx: taken" in taken.out
    refused = mandates("submit", CYCLE, "who", str(bad), *BY)
    assert refused.code == 1
    assert "macros.docx: refused: The file contains macros." in refused.out
    shown = mandates("package", "build", CYCLE)
    assert shown.code == 0
    [version, *_] = reversed(mandates("package", "list", CYCLE, "--json").json)
    assert (version["cycle"], version["state"], version["released_by"]) == (CYCLE, "draft", None)
    file = mandates.home / "packages" / version["file"]
    assert mandates("package", "verify", str(file)).out == f"{file}: complete and unchanged\n"


def test_an_answer_is_recorded_instead_of_a_file(mandates: Mandates):
    asked = ("submit", CYCLE, "undp", "--answer", "more-time", "--until", "2031-01-31", *BY)
    lacking = mandates(*asked)
    assert lacking.code == 2
    assert "reason" in lacking.err
    assert mandates(*asked, "--reason", "the meeting was moved").out == "recorded\n"


def test_files_and_answers_may_be_for_several_cycles_at_once(mandates: Mandates, tmp_path: Path):
    file = tmp_path / "views.txt"
    file.write_text("views")
    status = mandates("status", "--json").json
    [other] = [row["cycle"] for row in status["obligations"] if row["obligation"] == "annual-meeting"]
    taken = mandates("submit", CYCLE, "unu", str(file), "--also", other, *BY)
    assert taken.code == 0
    assert f"views.txt: {CYCLE}: taken; {other}: taken" in " ".join(taken.out.split())
    nil = ("submit", CYCLE, "unitar", "--answer", "nil-return", *BY)
    refused = mandates(*nil, "--also", "annual-meeting/1999")
    assert (refused.code, "answers.1.cycle" in refused.err) == (2, True)
    assert mandates(*nil, "--also", other).out == "recorded\n"
    letter = ("record", "answer", CYCLE, "eca", "nil-return", status["as_of"], "--source", "a letter", *BY)
    assert mandates(*letter, "--also", other).out == "recorded\n"
    facts = mandates("record", "list").out
    assert (facts.count("unitar"), facts.count("eca")) == (2, 2)


def test_either_files_or_an_answer_and_not_both(mandates: Mandates, tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("a")
    assert mandates("submit", CYCLE, "ilo", *BY).code == 2
    assert mandates("submit", CYCLE, "ilo", str(file), "--answer", "nil-return", *BY).code == 2


def test_what_nobody_asked_for_is_refused_with_what_there_is(mandates: Mandates, tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("a")
    answer = mandates("submit", "poetry/2026", "ilo", str(file), *BY)
    assert answer.code == 2
    assert "'poetry/2026' is not an opened cycle; see: mandates status" in answer.err


def test_the_drop_folder_is_read(mandates: Mandates):
    folder = mandates.home / "incoming" / CYCLE / "unicef"
    folder.mkdir(parents=True)
    (folder / "views.txt").write_text("views")
    os.utime(folder / "views.txt", (1_000_000_000, 1_000_000_000))
    answer = mandates("collect")
    assert "views.txt: taken" in answer.out
    put_away = mandates.home / "collected" / "taken" / CYCLE / "unicef"
    assert (put_away / "views.txt").read_text() == "views"


def test_a_release_that_is_not_allowed_says_what_is_missing(mandates: Mandates):
    answer = mandates("package", "release", "annual-meeting/1999", *BY)
    assert answer.code == 2
    assert "is not an opened cycle" in answer.err


def test_a_version_that_is_not_there_is_named(mandates: Mandates):
    answer = mandates("package", "diff", CYCLE, "7", "9")
    assert answer.code == 2
    assert f"{CYCLE} has no version 7 that can be read" in answer.err


def test_the_word_template_is_written_to_be_changed(mandates: Mandates, tmp_path: Path):
    file = tmp_path / "house.docx"
    answer = mandates("package", "template", str(file))
    assert answer.code == 0
    assert file.read_bytes().startswith(b"PK")
