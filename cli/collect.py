"""`mandates collect`: take what contributors put into the drop folder and sent to the mailbox."""

from cli.opening import open_installation
from cli.output import say, say_list, write_table
from flows.clock import now, today
from records.database import reading
from tasks.inputs.collecting import collect as take_all
from tasks.installation.who import directory_at


def collect() -> None:
    """Take everything that came by the drop folder and the mailbox."""
    with open_installation() as installation:
        on = today(installation.zone)
        done = take_all(installation, on, now())
        with reading(installation.engine) as session:
            named = directory_at(session, on).name_of
        rows = [{**row, "person": named(row["person"])} for row in done.rows]
        say(f"drop folder: {installation.settings.incoming}")
    write_table(rows, ["cycle", "person", "outcome"], empty="nothing new has come")
    say_list("Requires attention:", done.findings)
