"""Deploying to a server that runs already, here or elsewhere."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from flows import clock
from flows.server.children import Child
from flows.server.credentials import of_running
from flows.server.deployments import JOB_TEMPLATE, POOL, declared
from flows.server.environment import for_children
from flows.server.errors import StartError
from flows.server.patience import wait_for
from flows.server.prefect_api import Server
from flows.server.reconciling import reconcile
from tasks.installation.settings import Settings

_STOP_PATIENCE = 2.5


def deploy(settings: Settings, url: str | None, auth: str | None, *, say: Callable[[str], None]) -> None:
    """Bring the server at `url`, else that of `mandates up`, in line with prefect.yaml.

    `auth` is `user:password` where that server asks for one; ours is known. Runs that have no process for six
    hours are marked as crashed: where several machines work, no supervisor does it.

    Raises:
        StartError: Prefect's own command refused, the message is its own; or our server does not run.
        httpx.HTTPError: the server does not answer, or badly.
    """
    own = Server(settings.port)
    asked = Server(settings.port, url=url)
    # The password that was made for our server is told to no other.
    auth = auth or _set(settings) or (of_running(settings) if asked.url == own.url else None)
    server = Server(settings.port, auth, url=url)
    environment = for_children(settings, settings.home.absolute(), auth)
    environment |= {"PREFECT_API_URL": f"{server.url}/api"}
    server.ensure_pool(POOL, JOB_TEMPLATE)
    with TemporaryDirectory() as logs:
        child = Child("deploy", ["--no-prompt", "deploy", "--all"], environment, Path(logs))
        reconcile(server, declared(), lambda: _deploy_all(child, say), say)
    if crashed := server.crash_stale_runs(clock.now()):
        say(f"{crashed} run(s) were under way for more than six hours: marked as crashed.")
    say(f"{len(declared())} deployments stand on {server.url}.")


def _deploy_all(child: Child, say: Callable[[str], None]) -> None:
    try:
        child.start()
        wait_for(lambda: child.exit_code == 0, child, say)
    except StartError as error:
        raise StartError(f"Prefect could not deploy. {error}") from error
    finally:
        child.stop(_STOP_PATIENCE)


def _set(settings: Settings) -> str | None:
    return settings.prefect_auth.get_secret_value() if settings.prefect_auth else None
