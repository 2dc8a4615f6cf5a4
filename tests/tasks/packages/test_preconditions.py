"""What the text wants done before a package is final: consulting every one of those it names."""

from datetime import timedelta
from pathlib import Path

import pytest

from policies.facts.answers import Answer, AnswerKind
from records.database import reading, writing
from records.facts.facts import KINDS, record_fact
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.packages.assembly import ReleaseRefusedError, assemble, release
from tasks.packages.editions import differences, versions
from tests.days import day
from tests.installations import ONE_LANGUAGE, TODAY, Listed, at, directory, record, workplace_in
from tests.tasks.sent import sent

MEETING = "annual-meeting/2027"
CALLED, CLOSED = day("Fri 2027-10-08"), day("Mon 2027-11-22")
MEMBERS = 17


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def lived(installation: Installation, *days):
    for on in days:
        enforce(installation, on, at(on))
        dispatch(installation, on, at(on), Listed().open_channels)


def refused(installation: Installation, cycle: str, on) -> str:
    with pytest.raises(ReleaseRefusedError) as error:
        release(installation, cycle, "A. Officer", on, at(on, 12))
    return str(error.value)


def drafted(installation: Installation, cycle: str, on, hour: int = 10) -> dict[str, str]:
    [row] = assemble(installation, on, at(on, hour), cycle=cycle).rows
    return row


def test_an_agenda_is_not_final_before_stakeholders_were_consulted_on_it(installation):
    lived(installation, day("Fri 2027-10-01"))
    drafted(installation, MEETING, day("Fri 2027-10-01"))
    said = refused(installation, MEETING, day("Fri 2027-10-01"))
    assert "REV-3b: Stakeholders: not consulted yet: Stakeholders' list" in said
    assert "REV-3b: Network members: not consulted yet: IOM focal point, ILO focal point" in said


def test_nor_while_the_period_for_their_answers_runs_unless_all_have_answered(installation):
    lived(installation, day("Fri 2027-10-01"), CALLED)
    drafted(installation, MEETING, CALLED)
    assert "the period for answers ends on 2027-11-1" in refused(installation, MEETING, CALLED)
    people = {*directory(installation).standing_for("network-members"), "stakeholders"}
    answer = {"cycle": MEETING, "kind": "nil-return", "received_on": CALLED, "source": "letter"}
    record(installation, {"answers": [{**answer, "person": person} for person in sorted(people)]}, CALLED)
    drafted(installation, MEETING, CALLED, 11)
    assert release(installation, MEETING, "A. Officer", CALLED, at(CALLED, 12)).rows[0]["missing"] == "3"


@pytest.mark.parametrize("kind", ["message", "unverified-message"])
def test_what_came_and_was_not_decided_upon_is_no_answer_that_makes_a_package_final(installation, kind):
    lived(installation, day("Fri 2027-10-01"), CALLED)
    people = {*directory(installation).standing_for("network-members"), "stakeholders"}
    came = [Answer(MEETING, each, AnswerKind(kind), CALLED, "inbox item 1") for each in sorted(people)]
    with writing(installation.engine) as session:
        for each in came:
            record_fact(session, KINDS["answer"].keeping(each, "mailbox", at(CALLED)))
    drafted(installation, MEETING, CALLED)
    assert "the period for answers ends on 2027-11-1" in refused(installation, MEETING, CALLED)
    board = "fund-board-review/2026"
    alone = Answer(board, "fund-board-members", AnswerKind(kind), CALLED, "inbox item 2")
    with writing(installation.engine) as session:
        record_fact(session, KINDS["answer"].keeping(alone, "mailbox", at(CALLED)))
    drafted(installation, board, CALLED)
    assert "not consulted yet" in refused(installation, board, CALLED)


def test_silence_blocks_nothing_once_the_period_is_over(installation):
    lived(installation, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(installation, MEETING, CLOSED)
    [row] = release(installation, MEETING, "A. Officer", CLOSED, at(CLOSED, 12)).rows
    assert row["missing"] == "5"


def test_what_changed_since_the_draft_is_looked_at_before_it_is_released(installation):
    lived(installation, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(installation, MEETING, CLOSED)
    sent(installation, MEETING, "ilo", {"late.txt": b"late"}, CLOSED, hour=11)
    assert "no draft says what is known now; build one and read it" in refused(installation, MEETING, CLOSED)


def test_a_release_is_final_and_names_who_released_it_and_late_input_makes_a_new_draft(installation):
    lived(installation, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(installation, MEETING, CLOSED)
    release(installation, MEETING, "A. Officer", CLOSED, at(CLOSED, 12))
    assert "version 2 is final already, and nothing has changed since" in refused(
        installation, MEETING, CLOSED
    )
    [outcome] = sent(installation, MEETING, "ilo", {"late.txt": b"late"}, CLOSED, hour=13)
    assert outcome.remark == "the package was released already; the next version will say what is new"
    done = assemble(installation, CLOSED, at(CLOSED, 14), obligation="annual-meeting")
    said = "version 2 was released and says less than is known now; version 3 waits to be released"
    assert f"{MEETING}: {said}" in done.findings
    keys = ("version", "state", "released_by", "changes")
    states = [tuple(row[key] for key in keys) for row in versions(installation, MEETING)]
    assert states[1:] == [
        (2, "final", "A. Officer", ["released A. Officer"]),
        (3, "draft", None, ["contribution-new ILO focal point"]),
    ]
    assert differences(installation, MEETING) == ((2, 3), ["contribution-new ILO focal point"])
    assert differences(installation, MEETING, 1, 2)[1] == []


def test_every_version_is_kept_and_can_be_built_again_byte_for_byte(installation):
    lived(installation, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(installation, MEETING, CLOSED)
    [final] = release(installation, MEETING, "A. Officer", CLOSED, at(CLOSED, 12)).rows
    file = installation.settings.packages / final["file"]
    before = file.read_bytes()
    file.unlink()
    later = CLOSED + timedelta(days=2)
    assert drafted(installation, MEETING, later)["sha256"] == final["sha256"]
    assert file.read_bytes() == before
    assert len(list(installation.settings.packages.glob("annual-meeting_2027_v*.zip"))) == 2


def test_only_a_release_tells_the_reviewers(installation):
    lived(installation, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(installation, MEETING, CLOSED)
    release(installation, MEETING, "A. Officer", CLOSED, at(CLOSED, 12))
    with reading(installation.engine) as session:
        ready = [n for n in notices_of(session) if n.kind == "package-ready" and n.cycle == MEETING]
    told = {
        scheduled: {n.person for n in ready if n.rung == scheduled}
        for scheduled in ("package-v1", "package-v2")
    }
    assert told["package-v1"] == {"secretariat"}
    assert {"coordinator-office", "secretariat", "who"} <= told["package-v2"]


def test_a_member_of_the_board_who_was_not_invited_forbids_a_final_package(installation):
    board = "fund-board-review/2026"
    drafted(installation, board, TODAY)
    assert "CBM-5: Members of the start-up fund’s decision-making body: not consulted yet" in refused(
        installation, board, TODAY
    )


def test_whoever_answered_without_being_asked_was_consulted_too(installation):
    board = "fund-board-review/2026"
    answer = {
        "cycle": board,
        "person": "fund-board-members",
        "kind": "nil-return",
        "received_on": TODAY,
        "source": "by telephone",
    }
    record(installation, {"answers": [answer]}, TODAY)
    drafted(installation, board, TODAY)
    assert release(installation, board, "A. Officer", TODAY, at(TODAY, 12)).rows
