"""The conformance list "recurring report", held to by the figures of a package."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.packages.assembly import assemble
from tasks.packages.editions import versions
from tests.installations import TODAY, TWO_LANGUAGES, at, record, workplace_in
from tests.tasks.sent import sent

REVIEW = "secretary-general-review/2026"


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path, languages=TWO_LANGUAGES) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def built(installation: Installation, hour: int = 9):
    [row] = assemble(installation, TODAY, at(TODAY, hour), cycle=REVIEW).rows
    with ZipFile(installation.settings.packages / row["file"]) as archive:
        page = archive.read("package.en.html").decode().partition("<body>")[2]
        words = " ".join(re.sub("<[^>]*>", "", page).split())
        return row, json.loads(archive.read("package.json")), words


def test_rr_1_each_figure_names_its_definition(installation):
    _, _, words = built(installation)
    assert "In time: met on or before the due date." in words
    assert "In breach: met after it, or not met though it has passed." in words


def test_rr_2_one_computation_for_each_measure_in_every_form_and_language(installation):
    row, facts, words = built(installation)
    missing = sum(1 for item in facts["items"] if not item["present"])
    assert row["missing"] == str(missing)
    assert f"{len(facts['items']) - missing} of {len(facts['items'])} items received" in words
    with ZipFile(installation.settings.packages / row["file"]) as archive:
        arabic = archive.read("package.ar.html").decode()
    assert f"{len(facts['items']) - missing} من {len(facts['items'])}" in arabic


def test_rr_3_figures_say_what_they_rest_on_and_as_of_when(installation):
    _, facts, words = built(installation)
    assert facts["facts_upto"] is not None
    assert "Facts recorded up to23 November 2026" in words
    assert "from the facts recorded up to the instant on the cover note" in words


def test_rr_4_a_package_is_built_at_its_time_even_if_nothing_came(installation):
    assert REVIEW in [row["cycle"] for row in assemble(installation, TODAY, at(TODAY)).rows]


def test_rr_5_what_is_not_recorded_is_said_and_never_filled(installation):
    _, facts, words = built(installation)
    states = {cycle["name"]: cycle["state"] for cycle in facts["history"]}
    assert "unrecorded" in states.values()
    assert "are not recorded" in words


def test_rr_7_a_due_date_that_passed_is_a_finding_in_that_run(installation):
    assert any(
        f.startswith(f"{REVIEW}: overdue") for f in enforce(installation, TODAY, at(TODAY, 8)).findings
    )


def test_rr_9_and_10_a_correction_is_a_new_version_with_its_reason_and_all_are_kept(installation):
    built(installation)
    met = {
        "obligation": "secretary-general-review",
        "completed_on": TODAY.replace(year=2022),
        "evidence": "note",
    }
    record(installation, {"completions": [{**met, "counts_for": "2022"}]}, TODAY)
    built(installation, 10)
    sent(installation, REVIEW, "ilo", {"views.txt": b"views"}, TODAY, hour=11)
    built(installation, 12)
    found = versions(installation, REVIEW)
    assert [(row["version"], row["changes"]) for row in found] == [
        (1, []),
        (2, ["earlier-cycle 2022"]),
        (3, ["contribution-new ILO focal point"]),
    ]
    assert all((installation.settings.packages / row["file"]).exists() for row in found)
