"""A run for a wrong day, as a person meets it: held, confirmed all the same, named and put right."""

from datetime import timedelta
from pathlib import Path

from flows.clock import today
from tests.cli.command import Mandates

BY = ("--by", "Amal Haddad", "--reason", "the clock was wrong")


def test_a_day_far_ahead_is_held_and_what_was_done_for_it_all_the_same_is_put_right(tmp_path: Path):
    mandates, now = Mandates(tmp_path / "home"), today("Europe/Zurich")
    wrong = str(now + timedelta(days=100))
    mandates.imported()
    assert mandates("enforce").code == 0

    held = mandates("enforce", "--as-of", wrong, "--force")
    assert (held.code, f"mandates enforce --confirm-day {wrong}" in held.err.replace("\n", " ")) == (2, True)
    assert "--force" not in held.err
    other = mandates("enforce", "--as-of", wrong, "--force", "--confirm-day", str(now))
    assert (other.code, f"the day confirmed is {now}" in other.err) == (2, True)

    assert mandates("enforce", "--as-of", wrong, "--force", "--confirm-day", wrong).code == 0
    named = mandates("notices", "recover", wrong, *BY, "--dry-run")
    assert (named.code, "nothing was changed" in named.out) == (0, True)
    done = mandates("notices", "recover", wrong, *BY)
    assert done.code == 0
    assert f"enforce for {wrong}" in done.out
    assert "Due again on their own day; they had not been sent:" in done.out
    assert mandates("enforce").code == 0
    nothing = mandates("notices", "recover", str(now), *BY)
    assert (nothing.code, "is not ahead of today" in nothing.err) == (2, True)


def test_asking_now_wants_a_day_or_a_decision_that_nobody_is_asked(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    mandates.imported()
    mandates("enforce")
    neither = mandates("notices", "ask", "annual-meeting/2026", *BY)
    assert (neither.code, "give either --until DATE, or --nobody" in neither.err) == (2, True)
    unknown = mandates("notices", "ask", "annual-meeting/2099", "--nobody", *BY)
    assert (unknown.code, "no cycle annual-meeting/2099 is open" in unknown.err) == (2, True)
