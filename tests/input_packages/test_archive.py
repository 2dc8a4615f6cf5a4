import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from input_packages.archive import build, file_name
from tests.golden import GOLDEN, assert_golden
from tests.input_packages.examples import BARE, CHAIRS, REVIEW

ROOT = Path(__file__).parents[2]
HASH_IN_A_PROCESS_OF_ITS_OWN = """
from hashlib import sha256
from input_packages.archive import build
from tests.input_packages.examples import REVIEW
print(sha256(build(REVIEW)).hexdigest())
"""


def unpacked(package) -> dict[str, bytes]:
    with ZipFile(BytesIO(package)) as archive:
        return {member.filename: archive.read(member) for member in archive.infolist()}


def test_the_same_facts_give_the_same_bytes():
    assert build(REVIEW) == build(replace(REVIEW))


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "4711", "LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar"},
    ],
)
def test_the_same_facts_give_the_same_bytes_on_any_machine(surroundings):
    done = subprocess.run(
        [sys.executable, "-c", HASH_IN_A_PROCESS_OF_ITS_OWN],
        env=os.environ | surroundings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == sha256(build(REVIEW)).hexdigest()


def test_the_same_instant_gives_the_same_bytes_in_any_zone():
    geneva = timezone(timedelta(hours=1))
    there = replace(REVIEW, facts_upto=datetime(2026, 11, 23, 8, 15, tzinfo=geneva))
    assert build(there) == build(REVIEW)


def test_other_facts_give_other_bytes():
    answered = replace(REVIEW.asked[1], answered_on=REVIEW.due_on)
    assert build(replace(REVIEW, asked=(REVIEW.asked[0], answered))) != build(REVIEW)


def test_the_archive_holds_what_it_always_held():
    with ZipFile(BytesIO(build(REVIEW))) as archive:
        members = archive.infolist()
    listing = "".join(
        f"{oct(m.external_attr >> 16)} {m.date_time[0]} {m.file_size:>6} {m.filename}\n" for m in members
    )
    assert_golden(GOLDEN / "packages" / "listing.txt", listing)
    assert [m.filename for m in members] == sorted(m.filename for m in members)
    assert {(m.compress_type, m.create_system) for m in members} == {(ZIP_STORED, 3)}


def test_the_facts_and_the_manifest_are_those_that_people_have_read():
    files = unpacked(build(REVIEW))
    for name in ("package.json", "MANIFEST.json", "SHA256SUMS"):
        assert_golden(GOLDEN / "packages" / name, files[name].decode())


def test_the_facts_are_all_there_for_machines():
    facts = json.loads(unpacked(build(REVIEW))["package.json"])
    assert facts["cycle"] == "working-group-review/2026"
    assert facts["facts_upto"] == "2026-11-23T07:15:00Z"
    assert facts["items"][0]["from"] == dict(CHAIRS)
    assert [step["of"] for step in facts["steps"]] == ["target_on", "due_on"]


def test_the_manifest_lists_every_file_with_its_hash():
    files = unpacked(build(BARE))
    manifest = json.loads(files.pop("MANIFEST.json"))
    del files["SHA256SUMS"]
    assert manifest["format"] == "mandate-keeper/input-package/1"
    assert manifest["facts_upto"] is None
    assert {entry["name"]: (entry["bytes"], entry["sha256"]) for entry in manifest["files"]} == {
        name: (len(content), sha256(content).hexdigest()) for name, content in files.items()
    }


def test_the_sums_can_be_checked_without_us(tmp_path):
    for name, content in unpacked(build(REVIEW)).items():
        (tmp_path / name).write_bytes(content)
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(": OK") == len(list(tmp_path.iterdir())) - 1


@pytest.mark.parametrize(
    ("cycle", "version", "name"),
    [
        ("working-group-review/2026", 1, "working-group-review_2026_v1.zip"),
        (
            "working-arrangements-review/since-2025-11-10",
            12,
            "working-arrangements-review_since-2025-11-10_v12.zip",
        ),
        ("../../etc/passwd", 1, "etc-passwd_v1.zip"),
        ('a b:c*?"<>|\n/2026', 2, "a-b-c_2026_v2.zip"),
    ],
)
def test_the_file_name_is_safe_and_readable(cycle, version, name):
    assert file_name(replace(REVIEW, cycle=cycle), version) == name


def test_facts_upto_is_an_instant_of_the_record():
    assert REVIEW.facts_upto is not None
    assert REVIEW.facts_upto.tzinfo is UTC
