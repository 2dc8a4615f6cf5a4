"""`mandates up`: the automation server on this machine."""

import typer

from cli.output import say
from flows.supervisor import up as supervise
from tasks.settings import read_settings


def up() -> None:
    """Start Prefect's server and worker with all deployments, enforce once, and stay until Ctrl-C."""
    raise typer.Exit(supervise(read_settings(), say=say))
