"""What a named person decides about notices: release, withhold, settle, send again."""

import sys
from datetime import date
from typing import Annotated

import typer

from cli.days import day, read_day
from cli.opening import open_installation
from cli.options import By, Key, some_words
from cli.output import say
from flows.clock import now
from records.database import reading, writing
from records.ledger import release as decisions
from records.ledger.deliveries import failing_addresses, mend_address
from tasks.dispatch.messages import correction_keys, held_keys, message_of
from tasks.dispatch.signing import Signature, sign
from tasks.installation.installation import Installation

Reason = Annotated[
    str,
    typer.Option(
        "--reason", parser=some_words, metavar="TEXT", help="Why, in a sentence; it stays in the record."
    ),
]
SignedBy = Annotated[
    str,
    typer.Option("--signed-by", parser=some_words, metavar="NAME", help="Who signed it."),
]
On = Annotated[date, typer.Option("--on", parser=read_day, metavar="DATE", help="The day it was sent.")]
Reference = Annotated[
    str,
    typer.Option(
        "--reference", parser=some_words, metavar="TEXT", help="The reference under which it was sent."
    ),
]
Arrived = Annotated[bool, typer.Option("--arrived/--not-arrived", help="Whether the recipient has it.")]
Held = Annotated[
    bool, typer.Option("--held", help="All that are held after a gap or an upgrade, instead of one.")
]
Corrections = Annotated[
    bool, typer.Option("--corrections", help="All corrections of what was sent for a wrong day.")
]
Address = Annotated[str, typer.Argument(help="An e-mail address, as a finding names it.", metavar="ADDRESS")]
SomeKey = Annotated[
    str | None, typer.Argument(help="A notice's key, as in: mandates notices --json", metavar="KEY")
]


def release(by: By, key: SomeKey = None, *, held: Held = False, corrections: Corrections = False) -> None:
    """Show a formal notice exactly as it would be sent, and release it for the next dispatch."""
    if [bool(key), held, corrections].count(True) != 1:
        raise typer.BadParameter("give either the KEY of one notice, or --held, or --corrections")
    with open_installation() as installation:
        keys = (
            held_keys(installation, now()) if held else correction_keys(installation) if corrections else []
        )
        keys = [key] if key else keys
        for each in keys:
            _show(installation, each)
        if sys.stdin.isatty() and not typer.confirm(f"Release {len(keys)}?"):
            raise typer.Exit(1)
        with writing(installation.engine) as session:
            for each in keys:
                decisions.release(session, each, by, now())
    say(f"{len(keys)} released by {by}; what is released will be sent with the next dispatch")


def withhold(key: Key, by: By, reason: Reason) -> None:
    """Decide that a notice is not to be sent, and state why."""
    with open_installation() as installation, writing(installation.engine) as session:
        decisions.withhold(session, key, reason, by, now())
    say(f"withheld by {by}; it stays in the record, with the reason")


def signed(key: Key, by: By, signed_by: SignedBy, on: On, reference: Reference) -> None:
    """Record that what was drafted for signature was sent: by whom, on which day, under which reference."""
    with open_installation() as installation, writing(installation.engine) as session:
        sign(session, installation.zone, key, Signature(signed_by, on, reference), by, now())
    say(f"recorded by {by}: signed by {signed_by}, sent on {on} under {reference}")


def settle(key: Key, by: By, reason: Reason, *, arrived: Arrived) -> None:
    """Record the outcome of a notice where it is unknown; one that did not arrive is sent again."""
    again = None
    with open_installation() as installation, writing(installation.engine) as session:
        found = "it arrived" if arrived else "it did not arrive"
        decisions.settle(session, key, f"{found}: {reason}", by, now())
        if not arrived:
            again = decisions.resend(session, key, reason, by, now())
    say(
        "settled: it had arrived"
        if arrived
        else f"settled: it had not arrived; it will be sent again as {again}"
    )


def resend(key: Key, by: By, reason: Reason) -> None:
    """Send a notice once more, under a new key that names the old one."""
    with open_installation() as installation, writing(installation.engine) as session:
        again = decisions.resend(session, key, reason, by, now())
    say(f"it will be sent with the next dispatch as {again}")


def mended(address: Address, by: By, reason: Reason) -> None:
    """Record that mail arrives again at an address from which a letter was returned."""
    with open_installation() as installation, writing(installation.engine) as session:
        failing = failing_addresses(session)
        if address.casefold() not in failing:
            known = ", ".join(sorted(failing)) or "none"
            expected = f"an address from which letters are returned: {known}"
            raise typer.BadParameter(f"found {address!r}; expected {expected}", param_hint="ADDRESS")
        mend_address(session, address, reason, now(), by)
    say(f"recorded by {by}: mail to {address} arrives again")
    say("to send again what was returned: mandates notices resend")


def _show(installation: Installation, key: str) -> None:
    with reading(installation.engine) as session:
        message, _ = message_of(session, installation, key, day(None, installation), now())
    say(f"{key}\nTo: {message.to}\nSubject: {message.subject}\n\n{message.text}")
