"""`mandates rehearse`: assumptions first, then what holds; the exit code tells whether all of it does."""

from pathlib import Path

import pytest

from tests.cli.command import Mandates

SPAN = ("--from", "2026-11-23", "--to", "2031-12-31")
FORUM = "international-migration-review-forum"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Mandates:
    mandates = Mandates(tmp_path_factory.mktemp("home"))
    assert mandates.imported().code == 0
    return mandates


def test_what_is_assumed_comes_first_and_is_called_so(known: Mandates):
    answer = known("rehearse", *SPAN)
    assert answer.code == 0
    first, _, title, *lines = answer.out.splitlines()
    assert first.startswith("rehearsed 2026-11-23 to 2031-12-31: 1865 days, ")
    assert title == "Assumed, and not known:"
    held = f"  - {FORUM} 2030 is held from 2030-05-07 to 2030-05-10: not on record; the first Tuesday of May"
    assert any(line.startswith(held) for line in lines)
    assert "no more than 12 months from one time" in answer.out
    assert "Broken:" not in answer.out


def test_an_assertion_that_fails_is_named_and_the_exit_code_is_1(known: Mandates):
    answer = known("rehearse", *SPAN, "--assume", "late=40")
    assert answer.code == 1
    assert f"- general-assembly-report: {FORUM} 2030: wanted by 2030-02-12, done 2030-03-24" in answer.out


def test_nothing_of_a_rehearsal_stays(known: Mandates, tmp_path: Path):
    stated = tmp_path / "stated.toml"
    stated.write_text(
        '[[completions]]\nobligation = "working-arrangements-review"\ncompleted_on = 2027-03-01\n'
        'evidence = "what we mean to do"\n'
    )
    before = known("record", "list").out
    answer = known("rehearse", *SPAN, "--facts", str(stated), "--json").json
    done = {row["obligation"]: row["done_on"] for row in answer["obligations"]}
    assert done["working-arrangements-review"][:2] == ["2027-03-01", "2028-03-01"]
    assert known("record", "list").out == before
    assert not (known.home / "outbox").exists()


def test_a_postponed_forum_takes_its_duties_with_it(known: Mandates):
    answer = known("rehearse", *SPAN, "--postpone", f"{FORUM}/2030=60", "--json").json
    done = {row["obligation"]: row["done_on"] for row in answer["obligations"]}
    assert done["general-assembly-report"] == ["2028-12-31", "2030-04-13"]
    assert answer["assumptions"][-1].endswith("is moved by 60 days, to 2030-07-06, known from the first day")


def test_the_chart_is_written_where_asked(known: Mandates, tmp_path: Path):
    file = tmp_path / "load.svg"
    assert f"the chart is in {file}" in known("rehearse", *SPAN, "--svg", str(file)).out
    assert file.read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--assume", "soon"), "--assume: found 'soon'; expected on-target, on-due or late=40"),
        (("--postpone", "forum"), "--postpone: found 'forum'; expected EVENT/EDITION=DAYS"),
        (("--postpone", f"{FORUM}/2031=9"), f"{FORUM}/2031 is not held in these days; there are: "),
        (("--from", "2040-01-01"), "2031-12-31 is before 2040-01-01"),
        (("--to", "9999-12-31"), "found '9999-12-31'; expected a day from 1900-01-01 to 2200-12-31"),
        (("--facts", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_what_cannot_be_rehearsed_is_refused(known: Mandates, words: tuple[str, ...], told: str):
    answer = known("rehearse", *SPAN, *words)
    assert answer.code == 2
    assert told in " ".join(answer.err.split())
