"""`mandates people forget`: somebody is forgotten, after it was shown what goes for good."""

import sys
from typing import Annotated

import typer

from cli.opening import open_installation
from cli.options import By
from cli.output import say, say_list
from cli.people.group import Also, Person, app
from flows.clock import now
from tasks.operations.forgetting import forget as forget_somebody
from tasks.operations.forgetting import what_would_go
from tasks.operations.held import Held, who

Because = Annotated[str, typer.Option("--because", help="Why, without their name: it stays on record.")]
Yes = Annotated[bool, typer.Option("--yes", help="Forget them without asking, as a script must.")]


class NotAskedError(LookupError):
    """Nobody can be asked here whether somebody is to be forgotten; the message says what to do instead."""


@app.command()
def forget(person: Person, because: Because, by: By, also: Also = None, *, yes: Yes = False) -> None:
    """Show what is held about somebody and what cannot be undone, and destroy all that can be destroyed.

    Nothing brings it back but a backup of the record together with its file of keys, until that is deleted.
    """
    if not (yes or sys.stdin.isatty()):
        raise NotAskedError(
            f"{person} was not forgotten: there is no terminal to ask on. Type the same in a terminal, where "
            "you see first what goes for good; or add --yes to do it without being asked."
        )
    with open_installation() as installation:
        known = who(installation, person, also or ())
        _show(what_would_go(installation, known))
        if not yes and not typer.confirm(f"Forget {person} for good?"):
            say("nothing was forgotten")
            raise typer.Exit(1)
        done = forget_somebody(installation, known, because, by, now())
    say(
        f"{person} is forgotten: {done.keys} keys, {done.named} letters to others that named them and "
        f"{done.files} files were destroyed; {done.withheld} notices will not be sent"
    )
    say("Files of keys that were backed up before still open what older backups hold: delete them")
    say(f"Record who follows {person} under another id: mandates record person, contact, appointment")


def _show(held: Held) -> None:
    known = ", ".join(held.known.names) or "no further name"
    say(f"{held.known.person} ({known}). This goes for good:")
    for table, rows in held.rows.items():
        say(f"  their statements or names in {len(rows)} rows of {table}")
    say(f"  {len(held.letters)} letters to them, and {len(held.named)} to others that name them")
    say(f"  {len(held.messages)} messages from them, or that name them")
    say(f"  {len(held.files)} files and {len(held.drafts)} drafts of packages")
    say_list("This cannot be destroyed, and stays:", list(held.stays) or ["nothing"])
    say("\nThat they were forgotten, when, by whom and why stays on record, with the id alone.")
