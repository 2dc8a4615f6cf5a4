"""Where an input stands: the last answer counts, and whose turn it is follows from it."""

import pytest

from policies.facts.answers import Answer, AnswerKind, Reply
from policies.facts.facts import Facts
from policies.status.inputs import Turned, asked_instead, input_of
from tests.days import day

CYCLE = "annual-meeting/2027"
MONDAY, FRIDAY = day("Mon 2027-10-11"), day("Fri 2027-10-15")
LATER = day("Fri 2027-11-26")


def answer(kind: str, on: str = "Mon 2027-10-11", **more: object) -> Answer:
    return Answer(CYCLE, "who", AnswerKind(kind), day(on), "a message", **more)  # type: ignore[arg-type]  # a table


def reply(on: str = "Fri 2027-10-15", until: str | None = None) -> Reply:
    return Reply(CYCLE, "who", day(on), "as discussed", day(until) if until else None)


@pytest.mark.parametrize(
    ("answers", "replies", "turned"),
    [
        ([], [], Turned.OWED),
        (["document"], [], Turned.ARRIVED),
        (["nil-return"], [], Turned.ARRIVED),
        (["refusal"], [], Turned.NEEDS_OUR_REPLY),
        (["dispute"], [], Turned.NEEDS_OUR_REPLY),
        (["more-time"], [], Turned.NEEDS_OUR_REPLY),
        (["not-me"], [], Turned.PASSED_ON),
        (["more-time"], [reply()], Turned.OWED),
        (["refusal"], [reply()], Turned.OWED),
        (["document"], [reply()], Turned.ARRIVED),
        (["more-time", "document"], [], Turned.ARRIVED),
        (["document", "refusal"], [], Turned.NEEDS_OUR_REPLY),
    ],
)
def test_whose_turn_it_is(answers: list[str], replies: list[Reply], turned: Turned):
    facts = Facts(answers=[answer(kind) for kind in answers], replies=replies)
    assert input_of(facts, CYCLE, "who").turned is turned
    assert input_of(facts, CYCLE, "unicef").turned is Turned.OWED
    assert input_of(facts, "annual-meeting/2026", "who").turned is Turned.OWED


@pytest.mark.parametrize(
    ("kinds", "turned", "answered", "for_us"),
    [
        (["unverified-message"], Turned.OWED, None, None),
        (["message"], Turned.NEEDS_OUR_REPLY, None, "message"),
        (["document", "unverified-message"], Turned.ARRIVED, "document", None),
        (["document", "message"], Turned.NEEDS_OUR_REPLY, "document", "message"),
        (["refusal", "unverified-message"], Turned.NEEDS_OUR_REPLY, "refusal", "refusal"),
        (["refusal", "message", "unverified-message"], Turned.NEEDS_OUR_REPLY, "refusal", "message"),
    ],
)
def test_a_message_that_nobody_has_decided_upon_is_no_answer(kinds, turned, answered, for_us):
    given = input_of(Facts(answers=[answer(kind) for kind in kinds]), CYCLE, "who")
    kind = given.answer.kind if given.answer else None
    asked_of_us = given.for_us.kind if given.for_us else None
    assert (given.turned, kind, asked_of_us) == (turned, answered, for_us)
    assert (given.message is not None, given.read_since) == (True, MONDAY)


def test_more_time_counts_from_the_day_it_was_given():
    facts = Facts(answers=[answer("more-time")], replies=[reply(until="Fri 2027-11-26")])
    given = input_of(facts, CYCLE, "who")
    assert (given.until, given.granted_on) == (LATER, FRIDAY)


def test_a_reply_to_an_earlier_answer_says_nothing_of_a_later_one():
    again = answer("more-time", "Mon 2027-10-18")
    facts = Facts(answers=[answer("more-time"), again], replies=[reply(until="Fri 2027-11-26")])
    assert input_of(facts, CYCLE, "who").turned is Turned.NEEDS_OUR_REPLY


def test_who_is_named_instead_is_known_until_another_answer_comes():
    named = Facts(answers=[answer("not-me", instead="fund-office")])
    assert asked_instead(named, CYCLE) == {"who": "fund-office"}
    back = Facts(answers=[*named.answers, answer("document", "Fri 2027-10-15")])
    assert asked_instead(back, CYCLE) == {}


def test_what_came_later_is_not_known_before():
    facts = Facts(answers=[answer("document")])
    assert input_of(facts.upto(day("Sun 2027-10-10")), CYCLE, "who").turned is Turned.OWED
    assert input_of(facts.upto(MONDAY), CYCLE, "who").turned is Turned.ARRIVED
