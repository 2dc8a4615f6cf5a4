"""What one run takes of each sender: nobody who sends much keeps the others waiting."""

from collections.abc import Iterator
from itertools import count

from tasks.inputs.mail.fair_shares import Budget, Shares, Waiting

NEXT = "more than one run takes; they wait for the next"
KNOWN = {"ilo@example.org", "who@example.org"}
MEGABYTE = 1024 * 1024


def still() -> float:
    return 0.0


def mails(sender: str, number: int, size: int = 1000) -> list[Waiting]:
    return [Waiting(f"{sender}-{each}", size, sender) for each in range(number)]


def taken(budget: Budget, *waiting: Waiting, known: set[str] = KNOWN) -> tuple[list[str], list[str]]:
    """Whose messages were taken, in order, and what is said of the rest."""
    shares = Shares(budget, still)
    return [each.sender for each in shares.taken(waiting, known)], list(shares.findings())


def test_one_with_five_thousand_mails_has_a_share_and_all_others_have_theirs():
    flood = mails("ilo@example.org", 5000)
    others = [each for n in range(50) for each in mails(f"p{n}@example.org", 3)]
    known = {*KNOWN, *(each.sender for each in others)}
    found, said = taken(Budget(), *flood, *others, known=known)
    assert (found.count("ilo@example.org"), len(found)) == (200, 350)
    assert found[:51] == ["ilo@example.org", *(f"p{n}@example.org" for n in range(50))]
    assert said == [f"mail from ilo@example.org: 4800 messages, 4.6 megabytes, {NEXT}"]


def test_one_with_three_gigabytes_has_a_share_of_bytes_and_a_single_large_mail_is_taken():
    flood = mails("ilo@example.org", 60, 50 * MEGABYTE)
    found, said = taken(Budget(), *flood, *mails("who@example.org", 2))
    assert (
        found
        == ["ilo@example.org", "who@example.org", "ilo@example.org", "who@example.org"]
        + ["ilo@example.org"] * 2
    )
    assert said == [f"mail from ilo@example.org: 56 messages, 2800.0 megabytes, {NEXT}"]
    assert taken(Budget(size=10), *mails("ilo@example.org", 1, 60 * MEGABYTE)) == (["ilo@example.org"], [])


def test_strangers_who_take_many_names_come_after_those_who_are_known():
    strangers = [each for n in range(3000) for each in mails(f"s{n}@example.net", 1)]
    found, said = taken(Budget(), *strangers, *mails("who@example.org", 3))
    assert found[:3] == ["who@example.org"] * 3
    assert len(found) == 2000
    assert len(said) == 6
    assert said[-1].startswith("mail from 998 more senders: 998 messages, ")


def test_the_whole_of_a_run_is_bounded_and_what_fits_still_goes():
    budget = Budget(size=100, all_size=150)
    first, second = mails("ilo@example.org", 1, 100), mails("who@example.org", 2, 60)
    third = mails("undp@example.org", 1, 40)
    found, _ = taken(budget, *first, *second, *third, known={*KNOWN, "undp@example.org"})
    assert found == ["ilo@example.org", "undp@example.org"]


def test_whose_mails_take_long_waits_after_his_time_and_the_others_go_on():
    seconds = count(0, 20)
    shares = Shares(Budget(seconds=50), lambda: float(next(seconds)))
    waiting = [*mails("ilo@example.org", 9), *mails("who@example.org", 2)]
    assert list(_senders(shares.taken(waiting, KNOWN))) == [
        *("ilo@example.org", "who@example.org") * 2,
        "ilo@example.org",
    ]
    assert [each.uid for each in shares.left] == [f"ilo@example.org-{n}" for n in range(3, 9)]


def test_every_mail_is_taken_once_in_the_end():
    waiting = [*mails("ilo@example.org", 7), *mails("", 3), *mails("who@example.org", 5)]
    seen: list[str] = []
    runs = 0
    while len(seen) < 15:
        rest = [each for each in waiting if each.uid not in seen]
        seen += [each.uid for each in Shares(Budget(messages=2), still).taken(rest, KNOWN)]
        runs += 1
    assert (sorted(seen), runs) == (sorted(each.uid for each in waiting), 4)


def _senders(found: Iterator[Waiting]) -> Iterator[str]:
    yield from (each.sender for each in found)
