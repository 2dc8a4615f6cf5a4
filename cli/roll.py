"""`mandates roll`: who belongs to a body on a day; as a table, as JSON and as CSV, out and in."""

from pathlib import Path
from typing import Annotated

import typer

from cli.days import AsOf, KnownAt, day, instant
from cli.opening import open_installation
from cli.options import AsJson, By
from cli.output import say, write_json, write_table
from flows.clock import now, today
from policies.pack.bodies import BodyKind
from records.database import reading
from records.facts.facts import read_facts
from tasks.facts.membership_csv import import_roll, written
from tasks.facts.rolls import Register, answers_to, register_of
from tasks.installation.file_modes import handed_over

app = typer.Typer(no_args_is_help=True, help="Who belongs to a body: its roll on a day, out and in.")
SHOWN = {
    BodyKind.MEMBERS: ("member", "role", "joined_on", "seen_on", "decision", "source"),
    BodyKind.GROUPS: ("group", "title", "focus", "since_on", "chairs"),
    BodyKind.SEATS: ("seat", "constituency", "holder", "starts_on", "ends_on"),
}


@app.command()
def show(
    body: Annotated[str, typer.Argument(help="An actor with a roll, or a working group.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write it there.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show the roll of a body at the end of a day, and whether anybody has certified that it is complete."""
    with open_installation() as installation, reading(installation.engine) as session:
        at = instant(known_at, installation)
        on = day(as_of, installation, at)
        register = register_of(installation.pack, read_facts(session, at), body, on)
    if csv:
        with handed_over():
            csv.write_bytes(written(register))
    if as_json:
        write_json(register.as_json())
        return
    write_table(register.rows, SHOWN[register.kind], empty=f"nobody is on the roll of {body} on {on}")
    say(f"\n{body} on {on}: {_said(register)}{f'; written to {csv}' if csv else ''}")


@app.command()
def consulted(
    consultation: Annotated[str, typer.Argument(help="Its name, as it was recorded.")],
    known_at: KnownAt = None,
) -> None:
    """Show who was chosen to be asked about a partner, by whom and why, and what each answered."""
    with open_installation() as installation, reading(installation.engine) as session:
        found, rows = answers_to(read_facts(session, instant(known_at, installation)).rolls, consultation)
    write_table(rows, ("member", "answer", "answered_on", "reason"), empty="nobody was chosen")
    asked = f"from {found.invited_on} to {found.until} about {found.partner} for {found.group}"
    say(f"\nasked {asked}; chosen by {found.chosen_by}: {found.reason}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file with the columns of `mandates roll show --csv`.")],
    by: By,
    *,
    whole: Annotated[
        bool, typer.Option("--whole", help="Certify that nobody is missing from the roll today.")
    ] = False,
) -> None:
    """Record every row of FILE; those on record already are passed over."""
    with open_installation() as installation:
        taken = import_roll(installation, file, by, now(), today(installation.zone), whole=whole)
    say(f"{taken.new} facts recorded, {taken.known} on record already")


def _said(register: Register) -> str:
    if register.ended_on:
        return f"a working group that ended on {register.ended_on}"
    return f"attested as whole on {register.attested_on}" if register.attested_on else "not attested"
