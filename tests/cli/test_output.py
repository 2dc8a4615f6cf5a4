import pytest

from cli.output import write_json, write_json_rows


@pytest.mark.parametrize(
    "rows", [[], [{"due_on": None}], [{"title": "مراجعة\n[]"}, {"open": [], "of": {"a": [1]}}, {}]]
)
def test_rows_one_by_one_are_the_same_document(capsys: pytest.CaptureFixture[str], rows: list[object]):
    head = {"as_of": "2026-11-23", "breaches": []}
    write_json({**head, "rows": rows})
    whole = capsys.readouterr().out
    write_json_rows(head, "rows", iter(rows))
    assert capsys.readouterr().out == whole
