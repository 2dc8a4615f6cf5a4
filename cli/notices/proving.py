"""`mandates notices prove`: everything owed in a period accounted for, or what is not."""

from datetime import date
from typing import Annotated

import typer

from cli.days import day, read_day
from cli.opening import open_installation
from cli.options import AsJson
from cli.output import say, say_list, write_json, write_table
from records.database import reading
from tasks.enforcement.proof import COLUMNS, proof_of

From = Annotated[date, typer.Option("--from", parser=read_day, metavar="DATE", help="First day.")]
To = Annotated[
    date | None,
    typer.Option("--to", parser=read_day, metavar="DATE", help="Last day; today if not given."),
]


def prove(from_: From, to: To = None, *, as_json: AsJson = False) -> None:
    """Prove a period: everything due is in the ledger, nothing was sent twice, every skip has its reason.

    Each enforcement is proved anew, or from its seals where another edition of the program ran it, or not
    proved. The exit code is 1 when the proof fails.
    """
    with open_installation() as installation, reading(installation.engine) as session:
        last = to or day(None, installation)
        if last < from_:
            raise typer.BadParameter(f"{last} is before {from_}", param_hint="--to")
        proof = proof_of(session, installation, from_, last)
    if as_json:
        write_json(proof.as_json())
    else:
        say(f"from {proof.first} to {proof.last}: {proof.owed} notices due, {proof.entered} in the ledger\n")
        write_table(proof.rows, COLUMNS, empty="no notice was due")
        say_list(
            "Enforcements:",
            [f"{count} {verdict.words}" for verdict, count in proof.verdicts.items() if count],
        )
        say_list("To know:", proof.remarks)
        say_list("Not proved:", proof.failures)
        say("\n" + (proof.verdict.words if proof.holds else "NOT PROVED"))
    if not proof.holds:
        raise typer.Exit(1)
