from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.obligations.rule_versions import RuleVersion
from policies.plans.work_back import WorkBackPlan
from policies.problems import Problem, RefusedFileError, combined, is_text, parse, read_toml, visible
from policies.recurrence.per_period import PerPeriod
from tests.days import day

CLOCK = {"kind": "per-period", "first": 2019, "source": "the text"}


def refused(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError) as refusal:
        read_toml(file)
    return [str(problem) for problem in refusal.value.problems]


def test_a_mistake_is_told_with_file_key_found_and_expected():
    problem = Problem("a.toml", "clock.months", "'twelve'", "a whole number")
    assert str(problem) == "a.toml: clock.months: found 'twelve'; expected a whole number"
    assert str(Problem("a.toml", "", "no file", "one")) == "a.toml: (whole file): found no file; expected one"


def test_a_refusal_counts_its_mistakes_and_says_what_to_do():
    one = RefusedFileError([Problem("a.toml", "x", "1", "2")])
    two = combined([one, RefusedFileError([Problem("b.toml", "y", "3", "4")])])
    assert str(one).splitlines()[0] == "1 error; nothing was accepted:"
    assert str(two).splitlines() == [
        "2 errors; nothing was accepted:",
        "  - a.toml: x: found 1; expected 2",
        "  - b.toml: y: found 3; expected 4",
        "Please correct it and try again.",
    ]


def test_30_february_does_not_hide_what_else_is_wrong(tmp_path):
    text = (
        'in_force_from = 2026-02-30 # a slip\nsource = "the text"\nlast_checked_on = 2026-04-31\nclock = 7\n'
    )
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError) as refusal:
        parse(RuleVersion, read_toml(tmp_path / "a.toml"), tmp_path / "a.toml")
    assert [(problem.key, problem.found) for problem in refusal.value.problems] == [
        ("in_force_from", "'2026-02-30'"),
        ("last_checked_on", "'2026-04-31'"),
        ("cadence", "nothing"),
        ("clock", "7"),
    ]


def test_a_date_that_exists_stays_a_date(tmp_path):
    (tmp_path / "a.toml").write_text("held_on = 2028-02-29\n", encoding="utf-8")
    assert read_toml(tmp_path / "a.toml") == {"held_on": day("Tue 2028-02-29")}


def test_what_is_not_toml_is_told_with_its_line(tmp_path):
    told = refused(tmp_path / "a.toml", 'id = "x"\nholder coordinator\n')
    assert told[0].startswith("a.toml: (whole file): found Expected '=' after a key")
    assert told[0].endswith("(at line 2, column 8); expected TOML (https://toml.io)")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(
        RefusedFileError, match=r"gone\.toml: \(whole file\): found No such file or directory"
    ):
        read_toml(tmp_path / "gone.toml")


def test_a_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "a.toml").write_bytes("id = 'é'".encode("latin-1"))
    with pytest.raises(RefusedFileError, match="expected a TOML file in UTF-8"):
        read_toml(tmp_path / "a.toml")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"first": "soon"},
            "first: found 'soon'; expected a valid integer, unable to parse string as an integer",
        ),
        ({"first": 19}, "first: found 19; expected greater than or equal to 1945"),
        ({"frist": 2019}, "frist: found 2019; expected no such key here; is it misspelt?"),
        ({"source": 7}, 'source: found 7; expected text in quotes, such as "REV-2"'),
        ({"starts_in_month": 13}, "starts_in_month: found 13; expected less than or equal to 12"),
    ],
)
def test_each_kind_of_mistake_reads_as_a_sentence(tmp_path, change, told):
    with pytest.raises(RefusedFileError) as refusal:
        parse(PerPeriod, CLOCK | change, tmp_path / "a.toml")
    assert [str(problem) for problem in refusal.value.problems] == [f"a.toml: {told}"]


def test_all_mistakes_of_a_table_are_told_at_once(tmp_path):
    with pytest.raises(RefusedFileError) as refusal:
        parse(PerPeriod, {"kind": "per-period", "every_years": 0, "advisory": 12}, tmp_path / "a.toml")
    keys = [problem.key for problem in refusal.value.problems]
    assert keys == ["first", "every_years", "source", "advisory"]


def test_a_list_is_not_called_too_short_because_of_a_mistake_in_it(tmp_path):
    content = {"source": "practice", "milestones": [{"id": "inputs-due", "weeks_before": -1}], "rungs": []}
    with pytest.raises(RefusedFileError) as refusal:
        parse(WorkBackPlan, content, tmp_path / "a.toml")
    assert [problem.key for problem in refusal.value.problems] == ["milestones.0.weeks_before"]


def test_a_list_that_is_something_else_is_told_how_lists_are_written(tmp_path):
    with pytest.raises(
        RefusedFileError, match=r"milestones: found 7; expected a list: .* \[\[double brackets\]\]"
    ):
        parse(WorkBackPlan, {"source": "practice", "milestones": 7, "rungs": []}, tmp_path / "a.toml")


def test_a_list_that_is_too_short_is_called_so(tmp_path):
    with pytest.raises(RefusedFileError, match="milestones: found"):
        parse(WorkBackPlan, {"source": "practice", "milestones": [], "rungs": []}, tmp_path / "a.toml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            f"a = {'[' * 5000}{']' * 5000}",
            "a.toml: (whole file): found tables or lists within each other without end; expected tables and "
            "lists as the documents show them, a few within each other",
            id="lists 5,000 deep",
        ),
        pytest.param(
            f"{'.'.join('a' * 5000)} = 1",
            "a.toml: a.a.a: found tables or lists within each other, more than 30; expected tables and lists "
            "as the documents show them, a few within each other",
            id="tables 5,000 deep",
        ),
        pytest.param(
            f"a = {'9' * 6000}",
            "a.toml: (whole file): found a number of thousands of digits; expected a number that people "
            "write, of up to 18 digits",
            id="6,000 digits",
        ),
        pytest.param(
            f"[[rungs]]\na = 0x{'f' * 6000}",
            "a.toml: rungs.0.a: found a number of more than 18 digits; expected a number that people write, "
            "of up to 18 digits",
            id="6,000 hexadecimal digits",
        ),
        pytest.param(
            'a = "x\\u0000"',
            "a.toml: a: found a character that no text has (U+0000); expected text without it",
            id="a zero in text",
        ),
    ],
)
def test_what_nobody_writes_by_hand_is_refused_in_a_sentence(tmp_path, text, told):
    assert refused(tmp_path / "a.toml", text) == [told]


def test_what_is_refused_is_shown_in_a_few_words(tmp_path):
    with pytest.raises(RefusedFileError) as refusal:
        parse(PerPeriod, {**CLOCK, "first": "x" * 100_000}, tmp_path / "a.toml")
    assert len(str(refusal.value)) < 1000


TOKENS = st.sampled_from(
    [
        *(
            '"',
            "'",
            '"""',
            "[",
            "]",
            "[[",
            "]]",
            "{",
            "}",
            "=",
            ".",
            ",",
            "\n",
            "#",
            "a",
            "1",
            "-",
            "e",
            "0x",
        ),
        *("é", "2026-02-30", "07:32", "true", "inf", "nan", "\\u0000", "\\ud800", "\x00", "\r", " "),
    ]
)


@given(
    content=st.binary(max_size=200) | st.lists(TOKENS, max_size=60).map(lambda each: "".join(each).encode())
)
@settings(max_examples=300, deadline=None)
def test_rubbish_is_read_or_refused_and_nothing_else(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "rubbish.toml"
    file.write_bytes(content)
    with suppress(RefusedFileError):
        parse(WorkBackPlan, read_toml(file), file)


@pytest.mark.parametrize(("name", "shown"), [("é", "é"), ("caf\udce9", "caf\\udce9")])
def test_a_name_that_is_no_text_can_be_shown_all_the_same(name, shown):
    assert visible(name) == shown
    assert is_text(name) == (name == shown)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("إسهام.docx", "إسهام.docx"),
        ("views\u202etxt.exe", "views\\u202etxt.exe"),
        ("two\nlines", "two\\nlines"),
        ("\x1b[31mred", "\\x1b[31mred"),
    ],
)
def test_a_name_begins_no_line_and_steers_no_screen(name: str, shown: str):
    assert visible(name) == shown
