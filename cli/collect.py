"""`mandates collect`: take what contributors put into the drop folder and sent to the mailbox."""

from cli.opening import open_installation
from cli.output import say, say_list, write_table
from flows.clock import now, today
from tasks.inputs.collecting import collect as take_all


def collect() -> None:
    """Take everything that came by the drop folder and the mailbox."""
    with open_installation() as installation:
        done = take_all(installation, today(installation.zone), now())
        rows = [{**row, "person": installation.directory.name_of(row["person"])} for row in done.rows]
        say(f"drop folder: {installation.settings.incoming}")
    write_table(rows, ["cycle", "person", "outcome"], empty="nothing new has come")
    say_list("To look at:", done.findings)
