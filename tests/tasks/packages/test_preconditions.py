"""What the text wants done before a package is final: consulting every one of those it names."""

from datetime import timedelta
from pathlib import Path

import pytest

from records.database import reading
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.workplace import Workplace
from tasks.packages.assembly import ReleaseRefusedError, assemble, release
from tasks.packages.editions import differences, versions
from tests.days import day
from tests.tasks.sent import sent
from tests.workplaces import TODAY, TWO_LANGUAGES, Listed, at, record, workplace_in

MEETING = "annual-meeting/2027"
CALLED, CLOSED = day("Fri 2027-10-08"), day("Mon 2027-11-22")
MEMBERS = 17


@pytest.fixture
def workplace(tmp_path: Path):
    with workplace_in(tmp_path, languages=TWO_LANGUAGES) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def lived(workplace: Workplace, *days):
    for on in days:
        enforce(workplace, on, at(on))
        dispatch(workplace, on, at(on), Listed().outlet)


def refused(workplace: Workplace, cycle: str, on) -> str:
    with pytest.raises(ReleaseRefusedError) as error:
        release(workplace, cycle, "A. Officer", on, at(on, 12))
    return str(error.value)


def drafted(workplace: Workplace, cycle: str, on, hour: int = 10) -> dict[str, str]:
    [row] = assemble(workplace, on, at(on, hour), cycle=cycle).rows
    return row


def test_an_agenda_is_not_final_before_stakeholders_were_consulted_on_it(workplace):
    lived(workplace, day("Fri 2027-10-01"))
    drafted(workplace, MEETING, day("Fri 2027-10-01"))
    said = refused(workplace, MEETING, day("Fri 2027-10-01"))
    assert "REV-3b: Stakeholders: not consulted yet: Stakeholders' list" in said
    assert "REV-3b: Network members: not consulted yet: IOM focal point, ILO focal point" in said


def test_nor_while_the_period_for_their_answers_runs_unless_all_have_answered(workplace):
    lived(workplace, day("Fri 2027-10-01"), CALLED)
    drafted(workplace, MEETING, CALLED)
    assert "the period for answers ends on 2027-11-1" in refused(workplace, MEETING, CALLED)
    people = {*workplace.directory.standing_for("network-members"), "stakeholders"}
    answer = {"cycle": MEETING, "kind": "nil-return", "received_on": CALLED, "source": "letter"}
    record(workplace, {"answers": [{**answer, "person": person} for person in sorted(people)]}, CALLED)
    drafted(workplace, MEETING, CALLED, 11)
    assert release(workplace, MEETING, "A. Officer", CALLED, at(CALLED, 12)).rows[0]["missing"] == "3"


def test_silence_blocks_nothing_once_the_period_is_over(workplace):
    lived(workplace, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(workplace, MEETING, CLOSED)
    [row] = release(workplace, MEETING, "A. Officer", CLOSED, at(CLOSED, 12)).rows
    assert row["missing"] == "5"


def test_what_changed_since_the_draft_is_looked_at_before_it_is_released(workplace):
    lived(workplace, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(workplace, MEETING, CLOSED)
    sent(workplace, MEETING, "ilo", {"late.txt": b"late"}, CLOSED, hour=11)
    assert "no draft says what is known now; build one and read it" in refused(workplace, MEETING, CLOSED)


def test_a_release_is_final_and_names_who_released_it_and_late_input_makes_a_new_draft(workplace):
    lived(workplace, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(workplace, MEETING, CLOSED)
    release(workplace, MEETING, "A. Officer", CLOSED, at(CLOSED, 12))
    assert "version 2 is final already, and nothing has changed since" in refused(workplace, MEETING, CLOSED)
    [outcome] = sent(workplace, MEETING, "ilo", {"late.txt": b"late"}, CLOSED, hour=13)
    assert outcome.remark == "the package was released already; the next version will say what is new"
    done = assemble(workplace, CLOSED, at(CLOSED, 14), obligation="annual-meeting")
    said = "version 2 was released and says less than is known now; version 3 waits to be released"
    assert f"{MEETING}: {said}" in done.findings
    keys = ("version", "state", "released_by", "changes")
    states = [tuple(row[key] for key in keys) for row in versions(workplace, MEETING)]
    assert states[1:] == [
        (2, "final", "A. Officer", ["released A. Officer"]),
        (3, "draft", None, ["contribution-new ILO focal point"]),
    ]
    assert differences(workplace, MEETING) == ((2, 3), ["contribution-new ILO focal point"])
    assert differences(workplace, MEETING, 1, 2)[1] == []


def test_every_version_is_kept_and_can_be_built_again_byte_for_byte(workplace):
    lived(workplace, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(workplace, MEETING, CLOSED)
    [final] = release(workplace, MEETING, "A. Officer", CLOSED, at(CLOSED, 12)).rows
    file = workplace.settings.packages / final["file"]
    before = file.read_bytes()
    file.unlink()
    later = CLOSED + timedelta(days=2)
    assert drafted(workplace, MEETING, later)["sha256"] == final["sha256"]
    assert file.read_bytes() == before
    assert len(list(workplace.settings.packages.glob("annual-meeting_2027_v*.zip"))) == 2


def test_only_a_release_tells_the_reviewers(workplace):
    lived(workplace, day("Fri 2027-10-01"), CALLED, CLOSED)
    drafted(workplace, MEETING, CLOSED)
    release(workplace, MEETING, "A. Officer", CLOSED, at(CLOSED, 12))
    with reading(workplace.engine) as session:
        ready = [n for n in notices_of(session) if n.kind == "package-ready" and n.cycle == MEETING]
    told = {rung: {n.person for n in ready if n.rung == rung} for rung in ("package-v1", "package-v2")}
    assert told["package-v1"] == {"secretariat"}
    assert {"coordinator-office", "secretariat", "who"} <= told["package-v2"]


def test_a_member_of_the_board_who_was_not_invited_forbids_a_final_package(workplace):
    board = "fund-board-review/2026"
    drafted(workplace, board, TODAY)
    assert "CBM-5: Members of the start-up fund's decision-making body: not consulted yet" in refused(
        workplace, board, TODAY
    )


def test_whoever_answered_without_being_asked_was_consulted_too(workplace):
    board = "fund-board-review/2026"
    answer = {
        "cycle": board,
        "person": "fund-board-members",
        "kind": "nil-return",
        "received_on": TODAY,
        "source": "by telephone",
    }
    record(workplace, {"answers": [answer]}, TODAY)
    drafted(workplace, board, TODAY)
    assert release(workplace, board, "A. Officer", TODAY, at(TODAY, 12)).rows
