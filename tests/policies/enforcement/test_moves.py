from dataclasses import replace
from pathlib import Path

from policies.enforcement.moves import Ahead, Change, Dated, Move, Told, ahead, moves
from policies.facts.facts import Completion, Facts
from policies.pack.pack import Pack, load_pack
from policies.plans.announced import Announced
from tests.days import day, shown
from tests.example_pack import AS_OF, FACTS, PACK, PILOTAGE, copied

UNTIL = day("Mon 2027-12-20")
PILOTAGE_2026 = "pilotage-review/since-2026-08-31"


def foreseen(pack: Pack = PACK, facts: Facts = FACTS, told: Told | None = None) -> Ahead:
    return ahead(pack, facts, AS_OF, UNTIL, told or Told())


def lines(found: list[Move]) -> list[str]:
    def side(dated: Dated | None) -> str:
        return shown(dated.on if dated else None)

    return [
        f"{m.cycle} {m.what}: {side(m.old)} -> {side(m.new)}"
        for m in found
        if not m.what.startswith("milestone")
    ]


def test_nothing_differs_from_itself():
    assert moves(foreseen(), foreseen(), AS_OF, UNTIL) == []


def test_a_rung_on_another_day_has_another_name_and_so_is_another_notice(tmp_path: Path):
    later = load_pack(copied(tmp_path, ("plans.toml", "days = 14", "days = 21")))
    found = [
        line for line in lines(moves(foreseen(), foreseen(later), AS_OF, UNTIL)) if PILOTAGE_2026 in line
    ]
    assert found == [
        f"{PILOTAGE_2026} notice escalation due+14: Mon 2027-03-15 -> no date",
        f"{PILOTAGE_2026} notice escalation due+21: no date -> Mon 2027-03-22",
    ]


def test_a_notice_to_others_than_before_has_moved(tmp_path: Path):
    other = load_pack(copied(tmp_path, ("plans.toml", 'to = ["ministry"]', 'to = ["ministry", "pilots"]')))
    found = moves(foreseen(), foreseen(other), AS_OF, UNTIL)
    told = [(m.change, m.old and m.old.to, m.new and m.new.to) for m in found if m.cycle == PILOTAGE_2026]
    assert told == [(Change.MOVES, ("ministry",), ("ministry", "pilots"))]


def test_each_side_names_the_rule_version_it_follows_from(tmp_path: Path):
    later = load_pack(
        copied(tmp_path, (PILOTAGE, "in_force_from = 2027-01-01", "in_force_from = 2027-03-01"))
    )
    (due,) = (
        m
        for m in moves(foreseen(), foreseen(later), AS_OF, UNTIL)
        if (m.cycle, m.what) == (PILOTAGE_2026, "due_on")
    )
    assert due.old is not None
    assert due.new is not None
    assert (str(due.old.on), str(due.old.rule_in_force_from)) == ("2027-02-28", "2027-01-01")
    assert (str(due.new.on), str(due.new.rule_in_force_from)) == ("2027-08-31", "2019-05-01")
    assert due.change is Change.MOVES
    assert due.first_on == day("Sun 2027-02-28")


def test_what_moves_out_of_the_span_is_listed_and_what_lies_beyond_it_is_not():
    old = foreseen()
    new = foreseen(facts=replace(FACTS, completions=()))
    narrow = moves(old, new, day("Tue 2026-11-24"), day("Thu 2026-12-31"))
    assert lines(narrow) == []
    assert f"{PILOTAGE_2026} due_on: Sun 2027-02-28 -> no date" in lines(moves(old, new, AS_OF, UNTIL))


def test_what_is_owed_already_leaves_today_unless_it_was_entered():
    opening = (PILOTAGE_2026, "notice opening begins")
    assert foreseen()[opening].on == AS_OF
    entered = Told(entered={(PILOTAGE_2026, "opening begins")})
    assert opening not in foreseen(told=entered)


def test_people_who_were_told_another_date_are_told_of_the_change():
    announced = Told(announced={PILOTAGE_2026: Announced(day("Tue 2027-08-31"), None)})
    change = foreseen(told=announced)[PILOTAGE_2026, "notice change-of-date plan-2027-02-28"]
    assert (change.on, change.to) == (AS_OF, ("secretariat", "commission", "pilots", "terminals"))
    unchanged = Told(announced={PILOTAGE_2026: Announced(day("Sun 2027-02-28"), None)})
    assert foreseen(told=unchanged) == foreseen()


def test_a_cycle_that_is_met_has_dates_and_no_more_work():
    met = replace(
        FACTS, completions=(*FACTS.completions, Completion("safety-report", AS_OF, "letter", "2026"))
    )
    of_2026 = {what for cycle, what in foreseen(facts=met) if cycle == "safety-report/2026"}
    assert of_2026 == {"due_on"}
