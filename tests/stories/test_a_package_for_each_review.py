"""One cycle of each mandated review, from the call for inputs to the released package, with real files."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from input_packages.verify import verify
from policies.plans.milestones import MilestoneId
from policies.recurrence.cycle_key import CycleKey
from records.database import reading
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import open_cycle_of
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.packages.assembly import assemble, release
from tests.cli.command import pack_of_two_languages
from tests.days import day
from tests.golden import GOLDEN, assert_golden
from tests.input_packages.files import ARABIC, CHINESE, ENGLISH, excel, pdf, word
from tests.installations import FACTS, Facts, Listed, at, record
from tests.tasks.sent import sent

ROOT = Path(__file__).parents[2]
START = day("Mon 2026-05-11")
GROUPS, BOARD = "working-group-review/2026", "fund-board-review/2026"
SECRETARY_GENERAL = "secretary-general-review/2026"
ARRANGEMENTS = "working-arrangements-review/since-2025-11-10"
REVIEWS = [ARRANGEMENTS, SECRETARY_GENERAL, GROUPS, BOARD]
REBUILD = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tasks.packages.assembly import assemble
from tasks.installation.settings import Settings
from tasks.installation.installation import open_installation
home, policies, cycle, on = sys.argv[1:]
with open_installation(Settings(home=Path(home), policies=Path(policies))) as installation:
    [row] = assemble(installation, date.fromisoformat(on), datetime(2031, 1, 1, tzinfo=UTC), cycle=cycle).rows
print(row["sha256"])
"""

# Who sends what, for which item, and about which part of the review.
Sent = tuple[str, dict[str, bytes], str | None, str | None]
INPUTS: Mapping[str, list[Sent]] = {
    ARRANGEMENTS: [
        ("ilo", {"ILO views.docx": word(ENGLISH)}, None, None),
        ("escwa", {"إسهام الإسكوا.docx": word(ARABIC, heading="إسهام")}, None, None),
        ("escap", {"移民网络.xlsx": excel()}, None, None),
        ("secretariat", {"developments.txt": ENGLISH.encode()}, "new-developments", None),
    ],
    SECRETARY_GENERAL: [
        ("coordinator-office", {"note.pdf": pdf("On the functioning", "of arrangements")}, None, None),
        ("escwa", {"إسهام.txt": ARABIC.encode("cp1256")}, None, None),
        ("who", {"views.docx": word(ENGLISH), "table.xlsx": excel()}, None, None),
    ],
    GROUPS: [
        ("working-group-chairs", {"self-assessment.pdf": pdf("Delivered")}, None, "data-and-evidence"),
        ("escap", {"意见.txt": CHINESE.encode()}, None, None),
    ],
    BOARD: [("fund-board-members", {"views.docx": word(ENGLISH, ARABIC)}, None, None)],
}
GROUPS_ON_RECORD: Facts = {
    "groups": [
        {
            "id": name,
            "title": title,
            "focus": focus,
            "workplan": workplan,
            "since_on": date(2023, 1, 1),
            "source": "workplan 2023",
        }
        for name, title, focus, workplan in (
            ("data-and-evidence", "Data and evidence", "figures that can be compared", "WP/2023/1"),
            ("labour-mobility", "Labour mobility", "fair recruitment", "WP/2023/2"),
        )
    ],
    "joinings": [
        {"body": body, "member": who, "role": role, "joined_on": date(2023, 1, 1), "source": "workplan 2023"}
        for body, who, role in (
            ("data-and-evidence", "iom", "chair"),
            ("data-and-evidence", "undesa", "co-chair"),
            ("data-and-evidence", "unfpa", "member"),
            ("labour-mobility", "ilo", "chair"),
        )
    ],
    "decisions": [
        {
            "id": "ec-2023-2",
            "decided_on": date(2023, 3, 1),
            "owner": "secretariat",
            "text": "Publish the list of the groups",
            "source": "minutes of 1 March 2023",
        }
    ],
}


def lived(installation: Installation, cycle: str, on: date) -> None:
    enforce(installation, on, at(on), obligation=CycleKey.parse(cycle).obligation)
    dispatch(installation, on, at(on, 7), Listed().open_channels)


def milestone(installation: Installation, cycle: str, which: MilestoneId) -> date:
    with reading(installation.engine) as session:
        intake = Intake(installation, START + timedelta(days=200))
        on = open_cycle_of(session, intake, cycle).turn.milestone_on(which)
    assert on is not None
    return on


@pytest.fixture(scope="module", params=REVIEWS)
def reviewed(request, tmp_path_factory):
    """Where one review was lived through: its cycle, the day of its release, and its row."""
    cycle: str = request.param
    home: Path = tmp_path_factory.mktemp("home")
    # One of them in all six languages; six take three times as long, and prove nothing more of the others.
    policies = Settings().policies if cycle == GROUPS else pack_of_two_languages()
    with open_installation(Settings(home=home, policies=policies)) as installation:
        record(installation, {**FACTS, **GROUPS_ON_RECORD}, START)
        lived(installation, cycle, START)
        begins = START
        while True:  # the cycle is opened when its work begins
            with reading(installation.engine) as session:
                if any(notice.cycle == cycle for notice in notices_of(session)):
                    break
            begins += timedelta(days=7)
            lived(installation, cycle, begins)
        called = max(begins, milestone(installation, cycle, MilestoneId.CALL_FOR_INPUTS))
        for on in (
            called,
            called + timedelta(days=3),
        ):  # after a gap, what is owed waits a day before it leaves
            lived(installation, cycle, on)
        came = called + timedelta(days=10)
        for hour, (person, files, item, part) in enumerate(INPUTS[cycle], 8):
            outcomes = sent(installation, cycle, person, files, came, hour=hour, item=item, part=part)
            assert [str(each) for each in outcomes if not each.accepted] == []
        ready = max(milestone(installation, cycle, MilestoneId.PACKAGE_ASSEMBLED), came + timedelta(days=1))
        lived(installation, cycle, ready)
        assemble(installation, ready, at(ready, 9), obligation=CycleKey.parse(cycle).obligation)
        [row] = release(installation, cycle, "A. Officer", ready, at(ready, 10)).rows
        yield installation, cycle, ready, row


def facts_of(installation: Installation, row: Mapping[str, str]) -> dict[str, object]:
    with ZipFile(installation.settings.packages / row["file"]) as archive:
        found: dict[str, object] = json.loads(archive.read("package.json"))
        return found


def test_the_released_package_is_whole_and_what_people_have_read(reviewed):
    installation, cycle, _, row = reviewed
    file = installation.settings.packages / row["file"]
    assert verify(file) == []
    folder = GOLDEN / "packages" / CycleKey.parse(cycle).obligation
    with ZipFile(file) as archive:
        for name in ("MANIFEST.json", "package.en.html"):
            assert_golden(folder / name, archive.read(name).decode())


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "4711", "LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar"},
    ],
)
def test_it_is_built_again_byte_for_byte_elsewhere_and_years_later(surroundings, reviewed):
    installation, cycle, ready, row = reviewed
    on = (ready + timedelta(days=1)).isoformat()
    settings = installation.settings
    command = [sys.executable, "-c", REBUILD, str(settings.home), str(settings.policies), cycle, on]
    environment = os.environ | surroundings
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == row["sha256"], done.stderr


def test_every_contribution_stands_in_it_as_it_came(reviewed):
    installation, cycle, _, row = reviewed
    came = {content for _, files, _, _ in INPUTS[cycle] for content in files.values()}
    with ZipFile(installation.settings.packages / row["file"]) as archive:
        annexes = {archive.read(name) for name in archive.namelist() if name.startswith("annex-")}
    assert annexes == came


def test_nobody_who_answered_is_chased_any_more(reviewed):
    installation, cycle, _, _ = reviewed
    with reading(installation.engine) as session:
        chased = {n.person for n in notices_of(session) if n.cycle == cycle and "reminder" in n.kind}
    answered = {person for person, _, _, _ in INPUTS[cycle]} - {"secretariat", "coordinator-office"}
    assert chased & answered == set()


def test_each_says_what_the_text_wants_said_of_it(reviewed):
    installation, cycle, _, row = reviewed
    with ZipFile(installation.settings.packages / row["file"]) as archive:
        page = archive.read("package.en.html").decode()
    expected = {
        ARRANGEMENTS: "Which new developments have to be taken into account?",
        SECRETARY_GENERAL: "This package is the Network’s to deliver, through the Coordinator.",
        GROUPS: "labour-mobility",
        BOARD: "The Coordinator chairs the body under review",
    }
    assert expected[cycle] in page


def test_the_working_groups_have_a_part_each_and_the_board_says_that_its_seats_are_not_recorded(reviewed):
    installation, cycle, _, row = reviewed
    facts = facts_of(installation, row)
    if cycle == GROUPS:
        groups = facts["groups"]
        assert isinstance(groups, dict)
        assert [(group["id"], group["answered"]) for group in groups["groups"]] == [
            ("data-and-evidence", True),
            ("labour-mobility", False),
        ]
    if cycle == BOARD:
        parts = facts["parts"]
        assert isinstance(parts, dict)
        assert parts["seats"] == []
