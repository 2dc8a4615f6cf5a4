import shutil
from pathlib import Path

import pytest

from policies.pack.pack import UnknownObligationError, load_pack
from policies.problems import RefusedFileError
from tests.policies.network import AS_OF, FACTS, FOLDER, PACK

REVIEW = "obligations/working-arrangements-review.toml"
MEETING = "obligations/annual-meeting.toml"
WORKPLAN = "obligations/annual-workplan.toml"
GROUPS = "obligations/working-group-review.toml"
RECORDS = "obligations/meeting-records-publication.toml"
SEATS = "obligations/fund-board-rotation.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "pack")


def change(folder: Path, file: str, found: str, put: str) -> None:
    """Put a mistake into a file of the pack."""
    text = (folder / file).read_text(encoding="utf-8")
    assert found in text
    (folder / file).write_text(text.replace(found, put, 1), encoding="utf-8")


def mistakes(folder: Path) -> list[tuple[str, str, str]]:
    """Return (file, key, found) of every mistake, in the order they are listed."""
    with pytest.raises(RefusedFileError) as refusal:
        load_pack(folder)
    assert all(problem.expected for problem in refusal.value.problems)
    return [(problem.file, problem.key, problem.found) for problem in refusal.value.problems]


def test_the_shipped_pack_has_the_dated_obligations_and_those_that_are_set_off_or_stand():
    assert {name: obligation.provisions for name, obligation in PACK.obligations.items()} == {
        "annual-meeting": ("REV-3",),
        "annual-workplan": ("EXC-4a", "SEC-4d"),
        "coordinator-briefings": ("COO-2e",),
        "decision-follow-up": ("SEC-4j",),
        "executive-committee-membership-update": ("MEM-2c",),
        "fund-board-review": ("CBM-5",),
        "fund-board-rotation": ("CBM-3c",),
        "general-assembly-report": ("OBJ-9b", "RES-326"),
        "meeting-records-publication": ("SEC-4i",),
        "policy-review": ("HSP-1",),
        "principals-meetings": ("COO-2d",),
        "secretary-general-review": ("REV-1",),
        "way-forward": ("DEC-2", "DEC-3"),
        "working-arrangements-review": ("REV-2",),
        "working-group-review": ("WGR-4",),
    }


def test_every_plan_says_that_its_numbers_are_house_practice():
    assert {plan.source.partition(":")[0] for plan in PACK.plans.values()} == {"house-practice"}


def test_an_unknown_obligation_is_answered_with_the_names_there_are():
    with pytest.raises(
        UnknownObligationError, match="no obligation is called 'anual-meeting'; the pack has: annual-"
    ):
        PACK.status("anual-meeting", FACTS, AS_OF)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "told"),
    [
        (REVIEW, 'plan = "yearly"', 'plan = "yearly"\nplna = 1', ("plna", "1")),
        (REVIEW, 'holder = "coordinator"', 'holder = "cordinator"', ("actors", "'cordinator'")),
        (REVIEW, 'from = "network-members"', 'from = "members"', ("package.from", "'members'")),
        (REVIEW, '"rolling-ceiling"', '"rolling-cieling"', ("versions.0.clock.kind", "'rolling-cieling'")),
        (REVIEW, "months = 12\n", "", ("versions.0.clock.months", "nothing")),
        (REVIEW, "months = 12", "months = 0", ("versions.0.clock.months", "0")),
        (
            REVIEW,
            "in_force_from = 2018-12-19",
            "in_force_from = 2018-02-30",
            ("versions.0.in_force_from", "'2018-02-30'"),
        ),
        (
            REVIEW,
            "last_checked_on = 2026-11-23",
            'last_checked_on = "lately"',
            ("versions.0.last_checked_on", "'lately'"),
        ),
        (REVIEW, '["REV-2"]', '["REV-9"]', ("provisions", "'REV-9'")),
        (REVIEW, '["REV-2"]', '["rev 2"]', ("provisions.0", "'rev 2'")),
        (REVIEW, 'plan = "yearly"', 'plan = "weekly"', ("plan", "'weekly'")),
        (REVIEW, 'id = "working-arrangements-review"', 'id = "review"', ("id", "'review'")),
        (
            GROUPS,
            '"international-migration-review-forum"',
            '"review-forum"',
            ("versions.clock.event", "'review-forum'"),
        ),
        ("instrument.toml", 'zone = "Europe/Zurich"', 'zone = "Geneva"', ("zone", "'Geneva'")),
        ("plans.toml", '"holder", "supports"', '"holder", "boss"', ("plans.yearly.rungs.0.to.2", "'boss'")),
        ("plans.toml", 'kind = "opening"', 'kind = "opning"', ("plans.yearly.rungs.0.kind", "'opning'")),
        ("provisions.toml", 'id = "REV-2"', 'id = "REV-1"', ("provisions", "'REV-1' 2 times")),
        ("provisions.toml", 'holder = "coordinator"', 'holder = "boss"', ("DEC-2.holder", "'boss'")),
        ("provisions.toml", '["SEC-4j"]', '["SEC-9"]', ("PRN-1.covered_by", "'SEC-9'")),
        ("provisions.toml", '["SEC-4j"]', "[]", ("provisions.13", "'PRN-1' without covered_by")),
        ("provisions.toml", 'why_not = "standing"\n', "", ("PRE-1.why_not", "nothing")),
        (RECORDS, '"annual-meeting", ', '"anual-meeting", ', ("versions.clock.meetings", "'anual-meeting'")),
        (RECORDS, "days = 14", "days = 14\nworking_days = 10", ("versions.0.clock.target", "both")),
        (SEATS, 'body = "fund-board-members"', 'body = "board"', ("versions.clock.body", "'board'")),
    ],
)
def test_a_mistake_is_listed_with_its_file_and_key_and_what_was_found(folder, file, right, wrong, told):
    change(folder, file, right, wrong)
    assert (file.rpartition("/")[2], *told) in mistakes(folder)


def test_an_unknown_name_is_answered_with_the_names_there_are(folder):
    change(folder, REVIEW, 'plan = "yearly"', 'plan = "weekly"')
    with pytest.raises(RefusedFileError, match="expected one of: as-it-comes, biennial, follow-up, four-"):
        load_pack(folder)


def test_all_mistakes_in_all_files_are_listed_at_once(folder):
    change(folder, REVIEW, 'holder = "coordinator"', 'holder = "cordinator"')
    change(folder, MEETING, "first = 2019", "frist = 2019")
    change(folder, WORKPLAN, "first = 2019", "first = 2019-02-30")
    assert mistakes(folder) == [
        ("annual-meeting.toml", "versions.0.clock.first", "nothing"),
        ("annual-meeting.toml", "versions.0.clock.frist", "2019"),
        ("annual-workplan.toml", "versions.0.clock.first", "'2019-02-30'"),
        ("working-arrangements-review.toml", "actors", "'cordinator'"),
    ]


def test_plans_that_cannot_be_read_hide_neither_their_other_mistakes_nor_those_of_other_files(folder):
    change(folder, "plans.toml", "weeks_before = 12", "weeks_before = -2")
    change(folder, "plans.toml", '"holder", "supports"', '"holder", "boss"')
    change(folder, REVIEW, 'holder = "coordinator"', 'holder = "cordinator"')
    assert mistakes(folder) == [
        ("plans.toml", "plans.yearly.milestones.0.weeks_before", "-2, which is after the due date"),
        ("plans.toml", "plans.yearly.rungs.0.to.2", "'boss'"),
        ("working-arrangements-review.toml", "actors", "'cordinator'"),
    ]


def test_a_pack_without_obligations_is_refused(folder):
    shutil.rmtree(folder / "obligations")
    assert mistakes(folder) == [("pack/obligations", "", "no file")]


def test_an_empty_folder_is_refused_with_everything_that_is_missing(tmp_path):
    assert [file for file, _, _ in mistakes(tmp_path)] == [
        "instrument.toml",
        "provisions.toml",
        "plans.toml",
        f"{tmp_path.name}/obligations",
    ]


@pytest.mark.parametrize("in_force_from", ["2018-12-19", "2017-01-01"])
def test_rule_versions_must_follow_each_other(folder, in_force_from):
    text = (folder / REVIEW).read_text(encoding="utf-8")
    version = text[text.index("[[versions]]") : text.index("[[package]]")]
    later = version.replace("2018-12-19", in_force_from, 1)
    (folder / REVIEW).write_text(text.replace("[[package]]", f"{later}[[package]]", 1), encoding="utf-8")
    with pytest.raises(RefusedFileError, match="versions in the order of in_force_from"):
        load_pack(folder)


def test_milestones_must_come_in_their_order(folder):
    change(folder, "plans.toml", "weeks_before = 12", "weeks_before = 1")
    with pytest.raises(RefusedFileError, match="milestones in the order they come"):
        load_pack(folder)


def test_words_are_needed_in_english(folder):
    change(folder, REVIEW, "[title]\nen = ", "[title]\nde = ")
    with pytest.raises(RefusedFileError, match=r"title: found .* expected words in English at least"):
        load_pack(folder)
