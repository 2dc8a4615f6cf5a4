"""Rolls as CSV: the same facts in as out, harmless to a spreadsheet, refused whole."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.facts.membership import MembershipFacts
from policies.membership.rolls import attested_on
from policies.problems import RefusedFileError
from records.database import reading
from records.facts.facts import read_facts
from tasks.facts.importing import Import
from tasks.facts.membership_csv import import_roll, read, written
from tasks.facts.rolls import register_of
from tasks.installation.installation import Installation
from tests.installations import TODAY, at, workplace_in
from tests.tasks.facts.test_rolls import BOARD
from tests.tasks.rolls_said import ADMISSION, DECISION, FOUNDERS, GROUP, taken

HEADER = "body,member,role,joined_on,seen_on,decision,source"


def exported(installation: Installation, body: str) -> bytes:
    with reading(installation.engine) as session:
        return written(register_of(installation.pack, read_facts(session), body, TODAY))


def imported(installation: Installation, content: bytes, *, whole: bool = False) -> Import:
    file = installation.settings.home / "roll.csv"
    file.write_bytes(content)
    return import_roll(installation, file, "an officer", at(TODAY), TODAY, whole=whole)


def problems(installation: Installation, content: str) -> list[tuple[str, str]]:
    with pytest.raises(RefusedFileError) as refused:
        imported(installation, content.encode())
    return [(problem.key, problem.expected) for problem in refused.value.problems]


def rolls(installation: Installation) -> MembershipFacts:
    with reading(installation.engine) as session:
        return read_facts(session).rolls


@pytest.mark.parametrize(
    ("body", "count"), [("network-members", 3), ("working-groups", 1), ("fund-board-members", 2)]
)
def test_what_is_written_is_read_again_without_a_difference(tmp_path: Path, body: str, count: int):
    with workplace_in(tmp_path / "one", {}) as one, workplace_in(tmp_path / "other", {}) as other:
        taken(one, FOUNDERS + DECISION + GROUP + ADMISSION + BOARD)
        taken(other, DECISION)
        content = exported(one, body)
        assert imported(one, content) == Import(new=0, known=count)
        assert imported(other, content) == Import(new=count, known=0)
        assert exported(other, body) == content


def test_a_cell_is_no_formula_to_a_spreadsheet_and_comes_back_as_it_was(tmp_path: Path):
    hostile = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=already quoted", 'line\nbreak, "quoted"; ok']
    with workplace_in(tmp_path / "one", {}) as one, workplace_in(tmp_path / "other", {}) as other:
        for number, source in enumerate(hostile):
            entry = FOUNDERS.partition("[[joinings]]\n")[2].partition("\n\n")[0].replace("iom", f"m-{number}")
            said = source.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            taken(one, f"[[joinings]]\n{entry.replace('the list of that day', said)}")
        content = exported(one, "network-members")
        cells = [line.rpartition(",,")[2] for line in content.decode("utf-8-sig").splitlines()[1:6]]
        assert all(cell.lstrip('"').startswith("'") for cell in cells)
        imported(other, content)
        assert [joining.source for joining in rolls(other).joinings] == hostile


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\nnetwork-members,who,,,2022-02-16,,A/76/642\n".encode(),
        f"{HEADER}\r\nnetwork-members,who,member,,2022-02-16,,A/76/642\r\n\r\n".encode("utf-8-sig"),
        f"{HEADER}\nnetwork-members,who,member,,2022-02-16,,A/76/642".replace(",", ";").encode(),
        f"{HEADER}\nnetwork-members,who,member,,2022-02-16,,A/76/642\n".replace(",", "\t").encode("utf-16"),
        b"source,seen_on,member,body\nA/76/642,2022-02-16,who,network-members\n",
    ],
    ids=["plain", "marked, Windows lines", "semicolons", "Unicode text with tabs", "fewer columns"],
)
def test_a_file_is_read_as_spreadsheets_write_it(tmp_path: Path, content: bytes):
    with workplace_in(tmp_path, {}) as installation:
        assert imported(installation, content) == Import(new=1, known=0)
        (joining,) = rolls(installation).joinings
    assert (joining.member, joining.role, joining.source, joining.partial) == (
        "who",
        "member",
        "A/76/642",
        True,
    )


def test_every_mistake_is_told_by_line_and_column_and_nothing_is_taken(tmp_path: Path):
    rows = [
        "network-members,who,,,2022-02-16,,A/76/642",
        "network-members,Who,boss,16/02/2022,,,x",
        "",
        "network-members,unu,,2026-03-02,,,x",
        "nobodies,unu,,,2022-02-16,,x",
    ]
    with workplace_in(tmp_path, {}) as installation:
        found = problems(installation, "\n".join([HEADER, *rows]))
        assert rolls(installation).joinings == []
    assert [key for key, _ in found] == [
        "line 3, member",
        "line 3, role",
        "line 3, joined_on",
        "line 5",
        "line 6",
    ]
    assert found[2][1] == "a calendar date, such as 2026-11-10"
    assert found[3][1].startswith("decision: the recorded decision to admit unu (MEM-2b)")


@pytest.mark.parametrize(
    ("content", "key", "expected"),
    [
        ("", "line 1", "the columns body, member,"),
        ("body,member,source,salary\n", "line 1", "the columns body, member, role"),
        ("body,member,member\n", "line 1", "each column once"),
        (f"{HEADER}\na,b,c,d,e,f,g,h\n", "line 2", "as many cells as the first line has"),
        (f'{HEADER}\n"a,b\n', "line 2", "CSV with quotes in pairs"),
    ],
    ids=["nothing", "another column", "a column twice", "too many cells", "an open quote"],
)
def test_what_is_no_roll_is_refused(tmp_path: Path, content: str, key: str, expected: str):
    with workplace_in(tmp_path, {}) as installation:
        (found,) = problems(installation, content)
    assert found[0] == key
    assert found[1].startswith(expected)


def test_a_file_in_an_unknown_encoding_says_what_to_do(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation, pytest.raises(RefusedFileError, match="CSV UTF-8"):
        imported(installation, f"{HEADER}\nnetwork-members,who,,,2022-02-16,,dépôt\n".encode("cp1252"))


def test_a_whole_roll_that_leaves_out_a_member_on_record_is_refused(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        taken(installation, FOUNDERS)
        row = "network-members,iom,,,2019-11-14,,the list of that day"
        with pytest.raises(RefusedFileError, match="found no row for ilo; expected all who are on the roll"):
            imported(installation, f"{HEADER}\n{row}\n".encode(), whole=True)
        assert imported(installation, f"{HEADER}\n{row}\n".encode()) == Import(new=0, known=1)


def test_whoever_imports_the_whole_roll_vouches_for_it(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        row = "network-members,who,,,2022-02-16,,A/76/642"
        assert imported(installation, f"{HEADER}\n{row}\n".encode(), whole=True) == Import(new=2, known=0)
        assert attested_on(rolls(installation), "network-members", TODAY) == TODAY


QUOTES = "CSV with quotes in pairs, and no cell of more than 131,072 characters"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f'"{HEADER}\nnetwork-members,iom', "line 2"),
        (f'{HEADER}\n"iom"x,iom', "line 2"),
        (f'{HEADER}\nnetwork-members,"iom', "line 2"),
        (f"{HEADER}{'x' * 140_000}\n", "line 1"),
        (f"{HEADER}\nnetwork-members,{'x' * 140_000}\n", "line 2"),
    ],
)
def test_a_broken_quote_or_a_huge_cell_is_told_with_its_line(tmp_path: Path, content: str, line: str):
    with workplace_in(tmp_path, {}) as installation:
        assert problems(installation, content) == [(line, QUOTES)]


CELLS = st.sampled_from(
    [
        HEADER,
        '"',
        '""',
        "'",
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        "\x00",
        "iom",
        "2026-02-30",
        "=",
        "é",
        "\ufeff",
        "body",
    ]
)


@given(
    content=st.binary(max_size=100) | st.lists(CELLS, max_size=30).map(lambda each: "".join(each).encode())
)
@settings(max_examples=300, deadline=None)
def test_rubbish_is_read_or_refused_and_nothing_else(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "rubbish.csv"
    for head in (b"", f"{HEADER}\n".encode()):
        file.write_bytes(head + content)
        with suppress(RefusedFileError):
            read(file)
