"""`mandates watch`, as a timer runs it: without Prefect, and with nothing to tell when all is well."""

from pathlib import Path

from tests.cli.command import Mandates


def test_trouble_ends_with_one_and_leaves_one_message(tmp_path: Path):
    mandates = Mandates(tmp_path)
    mandates.imported()
    first, second = mandates("watch"), mandates("watch")
    assert (first.code, second.code) == (1, 1)
    assert "Nothing was ever enforced." in first.out
    assert "Informed:" in first.out
    assert "Informed:" not in second.out
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1


def test_once_it_was_enforced_all_is_well_and_that_is_told(tmp_path: Path):
    mandates = Mandates(tmp_path)
    mandates.imported()
    mandates("watch")
    mandates("enforce", "--by", "Amal", "--reason", "a trial")
    well = mandates("watch")
    assert (well.code, "Informed:" in well.out) == (0, True)
    assert mandates("watch").out.startswith("All obligations were last enforced at ")
