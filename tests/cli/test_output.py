import pytest

from cli.output import write_json, write_json_rows, write_table


@pytest.mark.parametrize(
    "rows", [[], [{"due_on": None}], [{"title": "مراجعة\n[]"}, {"open": [], "of": {"a": [1]}}, {}]]
)
def test_rows_one_by_one_are_the_same_document(capsys: pytest.CaptureFixture[str], rows: list[object]):
    head = {"as_of": "2026-11-23", "breaches": []}
    write_json({**head, "rows": rows})
    whole = capsys.readouterr().out
    write_json_rows(head, "rows", iter(rows))
    assert capsys.readouterr().out == whole


@pytest.mark.parametrize("longest", [30, 60, 200])
def test_a_table_that_is_too_wide_is_folded_and_loses_no_letter(
    capsys: pytest.CaptureFixture[str], longest: int
):
    row = {name: name * longest for name in "abcde"}
    write_table([row], tuple("abcde"), empty="nothing")
    said = capsys.readouterr().out
    assert {name: said.count(name) - 1 for name in row} == dict.fromkeys(row, longest)  # one in its heading
    assert max(map(len, said.splitlines())) <= 100
