"""`make soak`: kills, long fuzz and lived years, by hand before a release; adds a line to docs/soak.md."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from benchmarks import four_years
from flows.clock import now
from tests.anything_sent import try_anything
from tests.kills import Survived, survive
from tests.postgres import running

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "soak.md"
FUZZED = (
    "tests/stories/test_properties.py",
    "tests/stories/test_any_mail.py",
    "tests/policies/membership/test_rolls.py",
    "tests/records/facts/test_facts.py",
)
USUAL = 60  # the examples of most properties in `make test`


Part = Callable[[], tuple[str, list[str]]]


def main() -> None:
    """Run every part, tell how it went, and add a line to the report; ends with 1 when anything was wrong."""
    asked = _arguments()
    began, commit = now(), f"`{_commit()}`"
    parts: dict[str, Part] = {
        "kills, SQLite": lambda: _killed(asked.kills, asked.seed),
        "kills, PostgreSQL": lambda: _killed_on_postgres(asked.kills_on_postgres, asked.seed),
        "properties": lambda: _fuzzed(asked.examples, asked.seed),
        "anything sent": lambda: _sent(asked.minutes, asked.seed),
        "days lived": lambda: _lived(asked.days),
    }
    told: list[str] = []
    wrong = False
    for name, part in parts.items():
        result, problems = part()
        told.append(result)
        print(f"{name}: {result}", *problems, sep="\n  ", flush=True)  # noqa: T201 (for who started it)
        wrong |= bool(problems)
    minutes = round((now() - began).total_seconds() / 60)
    day = began.astimezone(ZoneInfo("UTC")).date()
    row = (str(day), commit, str(asked.seed), *told, f"{minutes} min", "failed" if wrong else "held")
    with REPORT.open("a", encoding="utf-8") as report:
        report.write(f"| {' | '.join(row)} |\n")
    sys.exit(wrong)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True, help="which steps are hit and what is tried")
    parser.add_argument("--kills", type=int, default=1000, help="on SQLite")
    parser.add_argument("--kills-on-postgres", type=int, default=300)
    parser.add_argument("--examples", type=int, default=20_000, help="for each property")
    parser.add_argument(
        "--minutes", type=int, default=10, help="of mails, files and folders as nobody sends them"
    )
    parser.add_argument("--days", type=int, default=1500, help="lived through one by one")
    return parser.parse_args()


def _killed(kills: int, seed: int) -> tuple[str, list[str]]:
    if not kills:
        return "-", []
    with TemporaryDirectory() as folder:
        return _said(survive(Path(folder), kills, seed))


def _killed_on_postgres(kills: int, seed: int) -> tuple[str, list[str]]:
    if not kills:
        return "-", []
    with running() as server, server.database() as url:
        os.environ["MANDATES_DATABASE_URL"] = url
        found = _killed(kills, seed)
        del os.environ["MANDATES_DATABASE_URL"]
    return found


def _said(found: Survived) -> tuple[str, list[str]]:
    counted = f"{found.kills} on {found.days} days; {found.sent} sent, {found.unknown} unknown"
    return f"{counted}, {found.packages} packages, {len(found.wrong)} wrong", found.wrong


def _fuzzed(examples: int, seed: int) -> tuple[str, list[str]]:
    if not examples:
        return "-", []
    environment = os.environ | {"SOAK_TIMES": str(max(1, examples // USUAL))}
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:randomly", f"--hypothesis-seed={seed}"]
    done = subprocess.run(
        [*command, *FUZZED], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr
    counted = last.partition(" in ")[0]
    return f"{examples} examples: {counted}", [] if done.returncode == 0 else done.stdout.splitlines()[-40:]


def _sent(minutes: int, seed: int) -> tuple[str, list[str]]:
    if not minutes:
        return "-", []
    until = now() + timedelta(minutes=minutes)
    tried = try_anything(seed, lambda _: now() < until)
    counted = f"{minutes} min: {tried.rounds} rounds, {tried.mails} mails, {tried.files} files"
    return f"{counted}, {len(tried.wrong)} wrong", tried.wrong


def _lived(days: int) -> tuple[str, list[str]]:
    if not days:
        return "-", []
    try:
        four_years.measure(days)
    except AssertionError as error:
        return f"{days}, failed", [str(error)]
    return str(days), []


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
