"""`mandates deploy`: the server brought in line with prefect.yaml."""

import os
from typing import Annotated

import httpx
import typer

from cli.output import say
from flows.server.deploying import deploy as deploy_to
from flows.server.errors import StartError
from tasks.installation.settings import read_settings

Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        envvar="PREFECT_API_URL",
        help="The server's API, as https://host/api; that of `mandates up` here if not given.",
    ),
]


def deploy(url: Url = None) -> None:
    """Deploy what prefect.yaml declares, remove what is not in it, and show what people paused."""
    try:
        deploy_to(read_settings(), url, os.environ.get("PREFECT_API_AUTH_STRING"), say=say)
    except httpx.HTTPError as error:
        raise LookupError(
            f"the server does not answer as it should: {error}. Is `mandates up` running?"
        ) from error
    except StartError as error:
        raise LookupError(str(error)) from error
