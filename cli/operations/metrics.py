"""`mandates metrics`: figures as Prometheus reads them."""

from cli.opening import open_unattended
from cli.output import say
from flows.clock import today
from tasks.operations.metrics import as_text, figures


def metrics() -> None:
    """Print what there is to count: obligations and notices by state, findings, the last enforcement."""
    with open_unattended() as installation:
        say(as_text(figures(installation, today(installation.zone))), end="")
