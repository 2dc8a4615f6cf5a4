"""What is sent for an open cycle: each file with an outcome of its own, nothing lost, nothing doubled."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

from input_packages.reading.refusals import Refusal
from records.database import reading
from records.facts.facts import read_facts
from records.ledger.notices import notices_of
from records.submissions import submissions_for
from tasks.enforcement.enforcement import enforce
from tasks.inputs.store import LostInputError
from tasks.inputs.submitting import UnplacedError
from tasks.installation.installation import Installation
from tasks.packages.assembly import assemble
from tests.input_packages.files import ARABIC, ENGLISH, OLE, excel, pdf, repacked, word
from tests.installations import TODAY, TWO_LANGUAGES, at, workplace_in
from tests.tasks.sent import sent

GROUPS, MEETING = "working-group-review/2026", "annual-meeting/2026"


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path, languages=TWO_LANGUAGES) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def pages(count: int) -> bytes:
    made, written = pikepdf.new(), BytesIO()
    for _ in range(count):
        made.add_blank_page()
    made.save(written)
    return written.getvalue()


def rows(installation: Installation):
    with reading(installation.engine) as session:
        return [(r.person, r.title, r.kind, tuple(r.refusals)) for r in submissions_for(session, GROUPS)]


def packed(installation: Installation, hour: int = 10):
    [row] = assemble(installation, TODAY, at(TODAY, hour), cycle=GROUPS).rows
    with ZipFile(installation.settings.packages / row["file"]) as archive:
        return json.loads(archive.read("package.json")), archive.namelist()


def test_what_is_taken_is_an_answer_that_stops_the_chasing_and_stands_in_the_package(installation):
    [outcome] = sent(installation, GROUPS, "ilo", {"../views.docx": word()}, TODAY)
    assert str(outcome) == "views.docx: taken"
    with reading(installation.engine) as session:
        [answer] = read_facts(session).answers_to(GROUPS)
    assert (answer.person, answer.kind, answer.received_on) == ("ilo", "document", TODAY)
    facts, names = packed(installation)
    [contribution] = facts["contributions"]
    assert (contribution["item"], contribution["file"]) == ("members-views", "annex-1-ilo.docx")
    assert "annex-1-ilo.docx" in names
    [asked] = [each for each in facts["asked"] if each["person"] == "ilo"]
    assert (asked["answer"], asked["answered_on"]) == ("document", "2026-11-23")


def test_a_refused_file_is_kept_apart_and_is_no_answer_and_the_secretariat_is_told(installation):
    bad = repacked(word(), {"word/vbaProject.bin": OLE})
    outcomes = sent(installation, GROUPS, "ilo", {"macros.docx": bad, "empty.pdf": b""}, TODAY)
    assert [outcome.refusals for outcome in outcomes] == [(Refusal.MACROS,), (Refusal.EMPTY,)]
    assert str(outcomes[0]).startswith("macros.docx: refused: The file contains macros.")
    assert [file.read_bytes() for file in installation.settings.quarantine.iterdir()] == [bad]
    assert not installation.settings.inputs.exists()
    with reading(installation.engine) as session:
        assert read_facts(session).answers_to(GROUPS) == ()
    done = enforce(installation, TODAY, at(TODAY, 9))
    found = [f for f in done.findings if "was refused" in f]
    assert found[0] == f"{GROUPS}: 'macros.docx' from ILO focal point was refused: macros; it is kept apart"
    sent(installation, GROUPS, "ilo", {"better.docx": word()}, TODAY, hour=10)
    assert [f for f in enforce(installation, TODAY, at(TODAY, 11)).findings if "was refused" in f] == []


def test_one_bad_file_does_not_keep_a_good_one_out(installation):
    good, bad = sent(
        installation, GROUPS, "ilo", {"a.txt": ARABIC.encode("cp1256"), "b.exe": b"MZ\x90"}, TODAY
    )
    assert (good.accepted, bad.refusals) == (True, (Refusal.PROGRAM,))
    assert rows(installation) == [("ilo", "a.txt", "text", ()), ("ilo", "b.exe", None, ("program",))]


def test_a_later_version_replaces_and_the_earlier_stays(installation):
    sent(installation, GROUPS, "ilo", {"v1.docx": word("first"), "table.xlsx": excel()}, TODAY)
    [later] = sent(installation, GROUPS, "ilo", {"v2.pdf": pdf("second")}, TODAY, hour=9)
    assert str(later) == "v2.pdf: taken; it replaces what came before, which is kept"
    facts, _ = packed(installation)
    assert [(c["title"], c["version"], c["pages"]) for c in facts["contributions"]] == [("v2.pdf", 2, 1)]
    assert len(rows(installation)) == 3
    assert len([f for f in installation.settings.inputs.iterdir() if not f.suffix]) == 3


def test_the_same_file_twice_counts_once(installation):
    content = word()
    sent(installation, GROUPS, "ilo", {"views.docx": content}, TODAY)
    [again] = sent(installation, GROUPS, "ilo", {"views again.docx": content}, TODAY, hour=9)
    assert again.remark == "the very same file came on 2026-11-23; it counts once"
    assert len(rows(installation)) == 1


def test_one_paper_serves_several_cycles_each_with_its_own_fact_and_receipt(installation):
    [outcome] = sent(installation, GROUPS, "ilo", {"views.docx": word()}, TODAY, also=[MEETING, GROUPS])
    assert str(outcome) == f"views.docx: {GROUPS}: taken; {MEETING}: taken"
    with reading(installation.engine) as session:
        rows = [row for cycle in (GROUPS, MEETING) for row in submissions_for(session, cycle)]
        answers = [each for cycle in (GROUPS, MEETING) for each in read_facts(session).answers_to(cycle)]
        receipts = [(n.cycle, n.rung) for n in notices_of(session) if n.kind == "receipt"]
    assert [(row.cycle, row.item) for row in rows] == [
        (GROUPS, "members-views"),
        (MEETING, "members-contributions"),
    ]
    assert len({row.sha256 for row in rows}) == 1
    assert [(answer.cycle, answer.person) for answer in answers] == [(GROUPS, "ilo"), (MEETING, "ilo")]
    assert sorted(receipts) == [(MEETING, "answer-1"), (GROUPS, "answer-1")]
    facts, _ = packed(installation)
    assert facts["contributions"][0]["also_for"] == [MEETING]


def test_a_later_version_for_one_of_them_replaces_it_there_alone(installation):
    sent(installation, GROUPS, "ilo", {"views.txt": b"one"}, TODAY, also=[MEETING])
    [later] = sent(installation, MEETING, "ilo", {"views.txt": b"two"}, TODAY, hour=9)
    assert str(later) == "views.txt: taken; it replaces what came before, which is kept"
    facts, _ = packed(installation)
    [views] = facts["contributions"]
    assert (views["bytes"], views["version"], views["also_for"]) == (3, 1, [MEETING])
    [again] = sent(installation, GROUPS, "ilo", {"views.txt": b"two"}, TODAY, hour=11, also=[MEETING])
    assert str(again) == (
        f"views.txt: {GROUPS}: taken; it replaces what came before, which is kept; "
        f"{MEETING}: the very same file came on 2026-11-23; it counts once"
    )


def test_for_several_cycles_all_or_none_and_every_mistake_is_said(installation):
    with pytest.raises(UnplacedError) as refused:
        sent(
            installation,
            GROUPS,
            "ilo",
            {"a.txt": b"a"},
            TODAY,
            also=["poetry/2026", MEETING, "annual-meeting/1999"],
        )
    assert str(refused.value).splitlines() == [
        "'poetry/2026' is not an opened cycle; see: mandates status",
        "'annual-meeting/1999' is not an opened cycle; see: mandates status",
    ]
    assert rows(installation) == []
    assert not installation.settings.inputs.exists()


def test_what_is_longer_than_was_asked_for_is_taken_and_said(installation):
    assert installation.pack.most_pages(installation.pack.obligations["working-group-review"]) == 10
    long, fit = sent(installation, GROUPS, "ilo", {"long.pdf": pages(11), "fit.pdf": pages(10)}, TODAY)
    assert str(long) == "long.pdf: taken; it has 11 pages, and at most 10 were asked for"
    assert str(fit) == "fit.pdf: taken"


def test_going_back_to_an_earlier_version_is_a_new_one(installation):
    for hour, text in enumerate(("one", "two", "one"), 8):
        sent(installation, GROUPS, "ilo", {"views.txt": text.encode()}, TODAY, hour=hour)
    facts, _ = packed(installation, 12)
    assert [(c["bytes"], c["version"]) for c in facts["contributions"]] == [(3, 3)]


def test_the_same_text_from_two_people_is_two_contributions(installation):
    for hour, person in enumerate(("ilo", "who"), 8):
        sent(installation, GROUPS, person, {"joint.txt": ENGLISH.encode()}, TODAY, hour=hour)
    facts, names = packed(installation, 12)
    assert [c["person"] for c in facts["contributions"]] == ["ilo", "who"]
    assert {"annex-1-ilo.txt", "annex-2-who.txt"} <= set(names)


@pytest.mark.parametrize(
    ("cycle", "person", "item", "said"),
    [
        ("working-group-review/1999", "ilo", None, "is not an opened cycle"),
        ("nothing/2026", "ilo", None, "is not an opened cycle"),
        (GROUPS, "stranger", None, "'stranger' has no part in working-group-review/2026; those who have: "),
        (GROUPS, "ilo", "poems", "has no item 'poems'; it has: self-assessments, members-views"),
    ],
)
def test_what_nobody_asked_for_is_refused_and_nothing_is_kept(cycle, person, item, said, installation):
    with pytest.raises(UnplacedError, match=said):
        sent(installation, cycle, person, {"a.txt": b"a"}, TODAY, item=item)
    assert not installation.settings.inputs.exists()


def test_a_reference_document_is_filed_by_the_secretariat_under_its_item(installation):
    sent(installation, GROUPS, "secretariat", {"decl.pdf": pdf()}, TODAY, item="progress-declaration")
    facts, _ = packed(installation)
    present = {item["id"]: item["present"] for item in facts["items"]}
    assert present == {
        "self-assessments": False,
        "members-views": False,
        "others-consulted": False,
        "progress-declaration": True,
        "groups-record": False,
    }


def test_an_item_asked_of_many_says_who_still_owes_it(installation):
    sent(installation, GROUPS, "ilo", {"a.txt": b"a"}, TODAY)
    facts, _ = packed(installation)
    [views] = [item for item in facts["items"] if item["id"] == "members-views"]
    assert (views["came"], views["expected"], len(views["owed_by"])) == (1, 17, 16)
    assert "ILO focal point" not in views["owed_by"]


def test_a_file_lost_from_the_vault_stops_the_package_and_says_which(installation):
    sent(installation, GROUPS, "ilo", {"a.txt": b"a"}, TODAY)
    [kept] = [file for file in installation.settings.inputs.iterdir() if not file.suffix]
    kept.write_bytes(b"b")
    with pytest.raises(LostInputError, match="is not what it was"):
        packed(installation)
    kept.unlink()
    with pytest.raises(LostInputError, match="is not there"):
        packed(installation)
