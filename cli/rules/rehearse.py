"""`mandates rehearse`: years of the mandate lived through under stated assumptions, with assertions."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.days import read_day
from cli.opening import open_installation
from cli.options import AsJson
from cli.output import say, say_list, write_json, write_table
from flows.clock import now, today
from policies.calendar.counting import Unit, shift
from policies.facts.facts import Facts
from policies.problems import read_toml
from policies.simulation import Assumptions, Rehearsal, Span
from policies.simulation import rehearse as live_through
from policies.simulation.assumptions import read_pace, read_postponement
from records.database import writing
from records.facts.facts import read_facts
from tasks.facts.importing import take_within
from tasks.installation.file_modes import handed_over
from tasks.installation.installation import Installation
from tasks.simulation.report import (
    ASSERTIONS,
    DUTIES,
    LOAD,
    assertion_rows,
    broken,
    broken_before,
    duty_rows,
    load_rows,
    peaks_line,
    rehearsal_json,
)

YEARS = 20
From = Annotated[
    date | None,
    typer.Option("--from", parser=read_day, metavar="DATE", help="First day; today if not given."),
]
To = Annotated[
    date | None,
    typer.Option("--to", parser=read_day, metavar="DATE", help="Last day; twenty years on if not given."),
]
FactsFile = Annotated[
    Path | None,
    typer.Option(
        "--facts", help="A file of facts to add to the record, also of days to come, for this only."
    ),
]
Assume = Annotated[
    str, typer.Option("--assume", help="When duties are done: on-target, on-due or late=N (days after).")
]
Postpone = Annotated[
    list[str] | None,
    typer.Option(
        "--postpone", metavar="EVENT/EDITION=DAYS", help="Move an event; may be given several times."
    ),
]
Svg = Annotated[Path | None, typer.Option("--svg", help="Write the chart to this file.")]


def rehearse(
    from_: From = None,
    to: To = None,
    facts: FactsFile = None,
    assume: Assume = "on-target",
    postpone: Postpone = None,
    svg: Svg = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Simulate the days, and check what must hold on all of them; nothing is written or sent.

    The exit code is 1 when an assertion fails.
    """
    postponed = dict(read_postponement(each) for each in postpone or ())
    assumptions = Assumptions(read_pace(assume), postponed)
    with open_installation() as installation:
        span = _span(from_, to, installation)
        rehearsal = live_through(installation.pack, _known(installation, facts, span), span, assumptions)
        if svg:
            _draw(rehearsal, installation, svg)
    if as_json:
        write_json(rehearsal_json(rehearsal))
    else:
        _tell(rehearsal)
        if svg:
            say(f"the chart is in {svg}")
    if not rehearsal.holds:
        raise typer.Exit(1)


def _span(from_: date | None, to: date | None, installation: Installation) -> Span:
    first = from_ or today(installation.zone)
    last = to or shift(first, YEARS * 12, Unit.MONTHS)
    span = Span(first, last)
    if span.last < span.first:
        raise typer.BadParameter(f"{span.last} is before {span.first}", param_hint="--to")
    return span


def _known(installation: Installation, file: Path | None, span: Span) -> Facts:
    """Return the facts on record with those of the file, which are not kept."""
    with writing(installation.engine, keep=False) as session:
        if file:
            take_within(session, installation, read_toml(file), file, "a rehearsal", now(), span.last)
        return read_facts(session)


def _draw(rehearsal: Rehearsal, installation: Installation, file: Path) -> None:
    from tasks.simulation.chart import chart  # noqa: PLC0415 (Jinja2 takes a while, and most ask for no chart)

    with handed_over():
        file.write_text(chart(rehearsal, installation.pack), encoding="utf-8")


def _tell(rehearsal: Rehearsal) -> None:
    span, assertions = rehearsal.span, rehearsal.assertions
    say(f"rehearsed {span.first} to {span.last}: {span.days} days, {rehearsal.days} of which change anything")
    say_list("Assumed, and not known:", rehearsal.assumptions)
    say()
    write_table(assertion_rows(assertions), ASSERTIONS, empty="no rule promises anything to assert")
    say_list("Broken:", broken(assertions))
    say_list("Broken before the first day, which fails nothing:", broken_before(assertions))
    say("\nhow the cycles that ended in these days ended:")
    write_table(duty_rows(rehearsal.courses, span), DUTIES, empty="the pack has no obligations")
    say("\nsteps of work in each quarter; notices, one for each actor spoken to:")
    write_table(load_rows(rehearsal.quarters), LOAD, empty="nothing came about")
    say(peaks_line(rehearsal.quarters))
