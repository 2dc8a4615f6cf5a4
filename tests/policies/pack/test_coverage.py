"""Every line of the text has its row, and is kept or says why not."""

from collections import Counter

from policies.obligations.instrument import DutyKind, WhyNot
from policies.pack.coverage import coverage, coverage_problems
from policies.recurrence import PerTrigger, StandingDuty
from tests.policies.network import PACK

COVERED = coverage(PACK.provisions.values(), PACK.obligations.values())

# Every duty of the text by section: the number of its last item, with the parts of items that have any.
LINES = {
    "PRE": "1 2 3",
    "OBJ": "1 2 3 4 5 6 7 8 9a 9b",
    "PRN": "1 2 3 4 5 6 7 8",
    "MEM": "1 2a 2b 2c 3 4a 4b",
    "DEC": "1 2 3 4 5",
    "COO": "1 2a 2b 2c 2d 2e 2f 2g",
    "NET": "1 2a 2b 3 4",
    "EXC": "1 2 3 4a 4b 4c 4d 5a 5b 6a 6b",
    "WGR": "1a 1b 2 3 4",
    "SEC": "1 2 3 4a 4b 4c 4d 4e 4f 4g 4h 4i 4j",
    "CBM": "1 2 3a 3b 3c 4 5",
    "REG": "1 2",
    "REV": "1 2 3 3a 3b 3c",
    "RES": "326",
    "HSP": "1",
}


def test_the_pack_has_every_line_of_the_text_in_its_order():
    named = [f"{section}-{item}" for section, items in LINES.items() for item in items.split()]
    assert [each.provision.id for each in COVERED] == named


def test_every_line_is_kept_or_says_why_not():
    assert list(coverage_problems(PACK.provisions.values(), PACK.obligations.values())) == []
    assert all(bool(each.kept_by) != bool(each.provision.why_not) for each in COVERED)


def test_a_part_of_an_item_is_kept_with_the_item():
    kept = {each.provision.id: each.kept_by for each in COVERED}
    assert {kept[part] for part in ("REV-3", "REV-3a", "REV-3b", "REV-3c")} == {("annual-meeting",)}
    assert kept["EXC-4b"] == ()


def test_what_covers_a_line_is_kept_itself():
    kept = {each.provision.id for each in COVERED if each.kept_by}
    pointed_at = {by for each in COVERED for by in each.provision.covered_by}
    assert pointed_at <= kept


def test_no_dated_duty_and_no_duty_on_a_term_is_left_to_memory():
    kinds = (DutyKind.DATED, DutyKind.ON_TERM)
    left = [e.provision.id for e in COVERED if e.provision.kind in kinds and not e.kept_by]
    assert left == ["NET-4"]  # service on the fund's board, which its rotation covers


def test_every_obligation_keeps_a_line_of_the_kind_its_clock_is_for():
    kinds = {
        rule: {each.provision.kind for each in COVERED if rule in each.kept_by} for rule in PACK.obligations
    }
    for rule, obligation in PACK.obligations.items():
        recurrence = obligation.versions[-1].recurrence
        assert (kinds[rule] == {DutyKind.STANDING}) == isinstance(recurrence, StandingDuty)
        assert (kinds[rule] == {DutyKind.TRIGGERED}) == isinstance(recurrence, PerTrigger)
    assert kinds["policy-review"] == {DutyKind.HOUSE_PRACTICE}


def test_only_where_the_text_itself_gives_a_number_is_one_shown():
    assert {p.id: p.paragraph for p in PACK.provisions.values() if p.paragraph} == {"REV-3": 36}


def test_for_two_duties_the_text_names_nobody():
    assert [p.id for p in PACK.provisions.values() if p.holder == "unnamed"] == ["MEM-2c", "CBM-3c"]


def test_the_reasons_add_up():
    reasons = Counter(each.provision.why_not for each in COVERED)
    assert reasons == {
        None: 21,
        WhyNot.STANDING: 48,
        WhyNot.COVERED_ELSEWHERE: 8,
        WhyNot.COVERED_IN_PART: 2,
        WhyNot.REGISTER: 7,
        WhyNot.ENABLING: 4,
        WhyNot.ONE_OFF: 2,
    }
