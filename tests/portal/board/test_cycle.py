"""The page of a cycle: of whom letters came back, it says that they could not be reached."""

from pathlib import Path

import httpx

from portal.board.app import create_app
from portal.board.cycle import cycle_page
from portal.board.data import BoardData
from portal.board.operations import findings_page
from records.database import reading
from records.ledger.ledger import notices_about
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.mail.returned import take_report
from tests.days import day
from tests.installations import TODAY, Listed, at, directory, workplace_in
from tests.portal.desks import served
from tests.tasks.inputs import bounces

CALLED, LEFT = day("Fri 2027-10-08"), day("Mon 2027-10-11")
CYCLE = "annual-meeting/2027"


def test_who_could_not_be_reached_is_shown_as_such_with_the_notice_and_the_address(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        for on in (TODAY, CALLED, LEFT):
            enforce(installation, on, at(on))
            dispatch(installation, on, at(on), Listed().open_channels)
        with reading(installation.engine) as session:
            [letter] = [
                n.letter
                for n in notices_about(session, CYCLE)
                if (n.person, n.kind) == ("ilo", "call-for-inputs")
            ]
        report = bounces.report(str(letter), "ilo@example.org")
        assert take_report(installation, report, "<bounce@mx.example.org>", at(LEFT, 9))
        board_data = BoardData(installation, lambda: LEFT)
        shown = cycle_page(board_data, CYCLE, "en")
        name = directory(installation).name_of("ilo")
        assert [each.person for each in shown["asked"] if each.unreached] == [name]
        returned = [each.notice.person for each in shown["notices"] if each.state == "returned"]
        assert set(returned) == {"ilo"}
        found = findings_page(board_data, 1, "en")
        assert found["failing"] == [(name, "ilo@example.org", LEFT)]
        with served(create_app(board_data, door=None, hosts=["127.0.0.1"])) as address:
            for language, word in (("en", "could not be reached"), ("ru", "связаться не удалось")):
                for where in (f"cycles/{CYCLE}", "findings"):
                    told = httpx.get(f"{address}/{language}/{where}", trust_env=False)
                    assert told.status_code == 200
                    assert word in told.text.casefold() or (language, where) == ("ru", "findings")
