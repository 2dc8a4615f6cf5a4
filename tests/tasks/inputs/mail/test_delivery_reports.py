"""Delivery reports are read as the common mail servers write them, and hostile ones end nothing."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.ledger.deliveries import Fate
from tasks.inputs.mail.delivery_reports import Report, is_report, report_in
from tests.tasks.inputs import bounces

LETTER, TO = "<a1b2@mandates.example.org>", "ilo@example.org"


def read(message: Message) -> Report:
    found = report_in(message_from_bytes(message.as_bytes()))
    assert found
    return found


@pytest.mark.parametrize(
    "write",
    [bounces.report, bounces.of_exchange, bounces.of_gmail, bounces.with_original_id, bounces.of_exim],
)
def test_each_server_names_the_letter_and_whom_it_did_not_reach(write: Callable[[str, str], Message]):
    found = read(write(LETTER, TO))
    assert found.letters[0] == LETTER
    assert [(each.addresses[0], each.fate) for each in found.recipients] == [(TO, Fate.FAILED)]


@pytest.mark.parametrize(
    ("action", "status", "fate"),
    [
        ("failed", "5.1.1", Fate.FAILED),
        ("failed", "4.4.7", Fate.FAILED),  # it was tried for days, and is given up
        ("Failed", "5.0.0 (undefined)", Fate.FAILED),
        ("delayed", "4.4.1", Fate.DELAYED),
        ("delivered", "2.0.0", Fate.DELIVERED),
        ("", "5.2.2", Fate.FAILED),
        ("", "4.2.2", Fate.DELAYED),
    ],
)
def test_what_became_of_it_is_told_by_the_action_and_else_by_the_code(action: str, status: str, fate: Fate):
    [told] = read(bounces.report(LETTER, TO, action=action, status=status)).recipients
    assert told.fate is fate


def test_what_the_server_said_is_kept_short():
    [told] = read(bounces.report(LETTER, TO, said="550 " + "no " * 5000)).recipients
    assert (told.status, told.said[:6], len(told.said)) == ("5.1.1", "550 no", 300)


@pytest.mark.parametrize("action", ["relayed", "expanded", "made up"])
def test_what_says_neither_that_it_arrived_nor_that_it_did_not_says_nothing(action: str):
    assert report_in(bounces.report(LETTER, TO, action=action, status="", said="")) is None


def test_a_reply_with_a_report_in_its_text_is_no_report():
    headers = {"content-type": ("text/plain; charset=utf-8",), "from": (TO,)}
    assert not is_report(headers)
    assert is_report({"x-failed-recipients": (TO,)})
    assert is_report({"content-type": ('multipart/report; report-type="delivery-status"',)})


@given(st.binary(max_size=400), st.integers(0, 900))
def test_whatever_bytes_are_slipped_into_a_report_it_is_read_or_says_nothing(slipped: bytes, where: int):
    whole = bounces.report(LETTER, TO).as_bytes()
    report_in(message_from_bytes(whole[:where] + slipped + whole[where:]))
