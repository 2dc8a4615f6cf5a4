"""`mandates key`: the key that signs what leaves the house: its fingerprint, and what becomes of it."""

from pathlib import Path
from typing import Annotated

import typer

from cli.opening import open_installation
from cli.options import By, some_words
from cli.output import say, say_list
from flows.clock import now
from records.chain.signing import signing_keys
from records.database import reading
from tasks.installation.file_modes import handed_over
from tasks.installation.sealing import sealer
from tasks.installation.seals import grouped
from tasks.installation.signing_key import ensure_key, key_file, key_findings, lose_key, rotate_key
from tasks.operations.verifying import write_hashes

app = typer.Typer(no_args_is_help=True, help="The key that signs what leaves: show, rotate, lost, hashes.")
Reason = Annotated[
    str, typer.Option("--reason", parser=some_words, metavar="TEXT", help="Why; it stays on record.")
]


@app.command()
def show() -> None:
    """Show the fingerprint of each key that signed; send it to readers by another way than the files."""
    with open_installation() as installation:
        ensure_key(installation.engine, installation.settings, now())
        with reading(installation.engine) as session:
            for each in signing_keys(session):
                by = f"on {each.recorded_at:%Y-%m-%d} by {each.recorded_by}: {each.reason}"
                say(f"{each.fate:5} {grouped(each.fingerprint)}\n      {by}")
            say_list("Requires attention:", key_findings(session, installation.settings))
        say(f"the key is in {key_file(installation.settings)}; no backup holds it: keep a copy apart")


@app.command()
def rotate(by: By, reason: Reason) -> None:
    """Let a new key sign from now on. The present one endorses it, and so leads to it."""
    with open_installation() as installation:
        fingerprint = rotate_key(installation.engine, installation.settings, reason, now(), by)
    say(f"signed from now on with the key {grouped(fingerprint)}")


@app.command()
def lost(by: By, reason: Reason) -> None:
    """Record that the key is lost or in wrong hands, and sign from now on with one that nothing endorses."""
    with open_installation() as installation:
        fingerprint = lose_key(installation.engine, installation.settings, reason, now(), by)
    say(f"signed from now on with the key {grouped(fingerprint)}")
    say("Send this fingerprint to everybody who checks seals: the previous one is no longer valid.")


@app.command()
def hashes(file: Annotated[Path, typer.Argument(help="The list to write; its seal lies beside it.")]) -> None:
    """Write the hashes of all recorded rows, without contents, to check earlier seals against."""
    with open_installation() as installation:
        sealing = sealer(installation.engine, installation.settings, now())
        with handed_over():
            count = write_hashes(installation.engine, file, now())
            sealed = sealing.seal_file(file) if sealing else None
    say(f"{file}: the hashes of {count} rows" + (f"; its seal is {sealed}" if sealed else "; not signed"))
