"""Deploying to a server that runs already, here or elsewhere."""

import subprocess
import sys
from collections.abc import Callable

from flows import clock
from flows.checkout import ROOT
from flows.server.deployments import POOL, declared
from flows.server.environment import for_children
from flows.server.errors import StartError
from flows.server.prefect_api import Server
from flows.server.reconciling import reconcile
from tasks.installation.settings import Settings

_PATIENCE = 300.0


def deploy(settings: Settings, url: str | None, auth: str | None, *, say: Callable[[str], None]) -> None:
    """Bring the server at `url`, else that of `mandates up`, in line with prefect.yaml.

    `auth` is `user:password` where that server asks for one. Runs that have no process for six hours are
    marked as crashed: where several machines work, no supervisor does it.

    Raises:
        StartError: Prefect's own command refused; the message is its own.
        httpx.HTTPError: the server does not answer, or badly.
    """
    own = settings.prefect_auth.get_secret_value() if settings.prefect_auth else None
    server = Server(settings.port, auth or own, url=url)
    environment = for_children(settings, settings.home.absolute())
    environment |= {"PREFECT_API_URL": f"{server.url}/api"}
    if auth:
        environment["PREFECT_API_AUTH_STRING"] = auth

    def deploy_all() -> None:
        command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
        done = subprocess.run(  # noqa: S603 (our own command, no shell)
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
        if done.returncode:
            raise StartError(f"Prefect could not deploy:\n{done.stdout}{done.stderr}")

    server.ensure_pool(POOL)
    reconcile(server, declared(), deploy_all, say)
    if crashed := server.crash_stale_runs(clock.now()):
        say(f"{crashed} run(s) were under way for more than six hours: marked as crashed.")
    say(f"{len(declared())} deployments stand on {server.url}.")
