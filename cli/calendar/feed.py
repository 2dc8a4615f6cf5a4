"""`mandates feed`: secret calendar addresses, given to readers and taken back."""

from secrets import token_urlsafe
from typing import Annotated

import typer

from cli.calendar.scope import refuse_unknown
from cli.opening import open_installation
from cli.options import By, some_words
from cli.output import say, write_table
from flows.clock import now
from records.database import reading, writing
from records.feeds import FeedGrant, digest_of, feeds, grant_feed, revoke_feeds

app = typer.Typer(no_args_is_help=True, help="Give calendar addresses to readers, list them, revoke them.")
COLUMNS = ("reader", "language", "shows", "granted", "revoked")
_SECRET_BYTES = 24
Reader = Annotated[
    str, typer.Argument(help="Who reads it: the name by which it can be revoked.", metavar="NAME")
]
Only = Annotated[str | None, typer.Option("--obligation", help="Show only this obligation.")]
Role = Annotated[str | None, typer.Option("--role", help="Show only duties in which this actor has a part.")]
Language = Annotated[str, typer.Option("--language", help="The language of the entries, such as ar.")]
Reason = Annotated[
    str, typer.Option("--reason", parser=some_words, metavar="TEXT", help="Why it is revoked.")
]


@app.command()
def grant(
    reader: Reader, by: By, obligation: Only = None, role: Role = None, language: Language = "en"
) -> None:
    """Give a reader a secret address; it is shown once, and only its SHA-256 is kept."""
    token = token_urlsafe(_SECRET_BYTES)
    with open_installation() as installation, writing(installation.engine) as session:
        refuse_unknown(installation, "mandates feed grant", obligation, role, language)
        row = FeedGrant(
            recorded_at=now(),
            recorded_by=by,
            reader=reader,
            language=language,
            obligation=obligation,
            actor=role,
            token_sha256=digest_of(token),
        )
        grant_feed(session, row)
        say(f"{installation.settings.board}/feed/{token}.ics")
    say("This address is a secret, and is not shown again. To revoke it: mandates feed revoke")


@app.command("list")
def list_() -> None:
    """List every address given, without its secret."""
    with open_installation() as installation, reading(installation.engine) as session:
        rows = [
            {
                "reader": feed.grant.reader,
                "language": feed.grant.language,
                "shows": feed.grant.obligation or feed.grant.actor or "all",
                "granted": f"{feed.grant.recorded_at:%Y-%m-%d}",
                "revoked": f"{feed.revoked.recorded_at:%Y-%m-%d}: {feed.revoked.reason}"
                if feed.revoked
                else "-",
            }
            for feed in feeds(session)
        ]
    write_table(rows, COLUMNS, empty="nobody was given a calendar address")


@app.command()
def revoke(reader: Reader, by: By, reason: Reason) -> None:
    """Revoke every address a reader has; it answers with 410 from now on."""
    with open_installation() as installation, writing(installation.engine) as session:
        count = revoke_feeds(session, reader, reason, by, now())
    say(f"{count} revoked")
