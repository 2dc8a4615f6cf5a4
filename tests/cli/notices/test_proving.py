"""`mandates notices prove` and `mandates owed`, as an auditor and an officer type them."""

from pathlib import Path

from tests.cli.command import Mandates


def test_a_period_is_proved_and_one_without_a_run_is_not(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    mandates.imported()
    for day in ("2026-11-23", "2026-11-24"):
        mandates("enforce", "--as-of", day, "--force")
    proved = mandates("notices", "prove", "--from", "2026-11-23", "--to", "2026-11-24", "--json")
    assert (proved.code, proved.json["holds"], proved.json["failures"]) == (0, True, [])
    assert proved.json["owed"] > 50
    told = mandates("notices", "prove", "--from", "2026-11-23", "--to", "2026-11-24")
    assert "- 2 proved anew" in told.out
    assert told.out.rstrip().endswith("proved anew")
    assert [run["verdict"] for run in proved.json["runs"]] == ["proved-anew", "proved-anew"]
    empty = mandates("notices", "prove", "--from", "2026-01-01", "--to", "2026-01-31")
    assert (empty.code, "NOT PROVED" in empty.out) == (1, True)
    backwards = mandates("notices", "prove", "--from", "2026-11-23", "--to", "2026-11-01")
    assert (backwards.code, "is before" in backwards.err) == (2, True)
