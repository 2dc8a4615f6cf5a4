"""The automation server on one machine: a Prefect server and a worker, kept alive by one process."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx

from flows import clock
from flows.checkout import ROOT
from flows.server.children import Child, Restarts, is_alive
from flows.server.deployments import FIRST_RUN, POOL, SECOND_RUN, declared
from flows.server.environment import HOST, for_children
from flows.server.errors import StartError
from flows.server.lock import exclusive
from flows.server.prefect_api import RunState, Server
from flows.server.reconciling import reconcile
from tasks.installation.settings import Settings

Say = Callable[[str], None]

# Two runs at a time: each takes seconds and an interpreter of 100 MB.
_WORKER = ["worker", "start", "--pool", POOL, "--type", "process", "--limit", "2"]

_SERVER_PATIENCE = 180.0  # its first start lays out a database, which takes a slow machine a minute
_DEPLOY_PATIENCE = 120.0
_RUN_PATIENCE = 300.0
_STOP_PATIENCE = 2.5  # for each of four, so that all is over within ten seconds
_TIDY_EVERY = 3600.0
_START = ("mandates up", "the automation server started")  # who asks for the first runs, and why
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def up(settings: Settings, *, say: Say, ready: Callable[[], None]) -> None:
    """Run the automation server until it is told to stop by Ctrl-C or SIGTERM.

    Everything is kept in `settings.home`, and starting again continues where it stood. `ready` is called when
    all runs; what it says is kept in no log.

    Raises:
        StartError: it cannot start; the message says why and what to do.
    """
    home = settings.home.absolute()
    (home / "logs").mkdir(parents=True, exist_ok=True)
    say = _also_in(home / "logs" / "up.log", say)
    try:
        with exclusive(home), _interruptible():
            _require_free(settings.port, "MANDATES_PORT")
            _require_free(settings.portal_port, "MANDATES_PORTAL_PORT")
            _serve(settings, home, say, ready)
    except (StartError, httpx.HTTPError) as error:
        raise StartError(f"The automation server did not start. {error}") from error
    except KeyboardInterrupt:
        say("Stopped. Nothing is left running; `mandates up` continues where this stood.")


def _also_in(log: Path, say: Say) -> Say:
    """Say it and keep it beside the logs of the children, so that all there is to read is in one place."""

    def say_and_keep(line: str) -> None:
        say(line)
        with log.open("a", encoding="utf-8") as kept:
            kept.write(f"{clock.now():%Y-%m-%d %H:%M:%S} UTC  {line.strip()}\n")

    return say_and_keep


def _serve(settings: Settings, home: Path, say: Say, ready: Callable[[], None]) -> None:
    environment, logs = for_children(settings, home), home / "logs"
    server = Child("server", ["server", "start"], environment, logs)
    worker = Child("worker", _WORKER, environment, logs)
    board = Child("board", ["board"], environment, logs, "cli")
    deploy = Child("deploy", ["--no-prompt", "deploy", "--all"], environment, logs)
    api = Server(settings.port, settings.prefect_auth.get_secret_value() if settings.prefect_auth else None)
    with ExitStack() as stack:
        for child in (server, worker, board, deploy):
            stack.callback(child.stop, _STOP_PATIENCE)
        stack.callback(_stopping, say)
        say(f"Starting the automation server on {home} ...")
        server.start()
        _wait_for(api.healthy, server, _SERVER_PATIENCE)
        _tidy(api, say)
        worker.start()
        _deploy(api, deploy, say)
        _first_run(api, worker, say)
        board.start()
        say(_where_to_look(api.url, settings.board, home))
        ready()
        _watch([server, worker, board], api, say)


def _tidy(api: Server, say: Say) -> None:
    api.ensure_pool(POOL)
    if crashed := api.crash_abandoned_runs():
        say(f"{crashed} run(s) were under way when the server last stopped: marked as crashed.")
    if missed := api.cancel_missed_runs(clock.now()):
        say(f"{missed} run(s) were missed while the server was down: the first run does their work.")


def _deploy(api: Server, deploy: Child, say: Say) -> None:
    def deploy_all() -> None:
        deploy.start()
        _wait_for(lambda: deploy.exit_code == 0, deploy, _DEPLOY_PATIENCE)

    reconcile(api, declared(), deploy_all, say)
    say(f"{len(declared())} deployments stand.")


def _first_run(api: Server, worker: Child, say: Say) -> None:
    say(f"First run, {FIRST_RUN}: does everything that is owed by today ...")
    run_id = api.run(FIRST_RUN, *_START)
    deadline = time.monotonic() + _RUN_PATIENCE
    while not (state := api.state_of(run_id)).ended and time.monotonic() < deadline:
        time.sleep(0.5)
    api.run(SECOND_RUN, *_START)  # not beside the first, which may still be laying out the database
    say(_how_it_went(state, f"{api.url}/runs/flow-run/{run_id}", worker.log))


def _how_it_went(state: RunState, url: str, log: Path) -> str:
    if state.type == "COMPLETED":
        return f"First run completed. {state.message}"
    return f"The first run is not completed but {state.type}: {state.message}\nLook at {url} and {log}"


def _watch(children: list[Child], api: Server, say: Say) -> None:
    restarts = [Restarts(child, time.monotonic()) for child in children]
    tidied_at = time.monotonic()
    while True:
        time.sleep(1)
        for restart in restarts:
            if line := restart.tend(time.monotonic()):
                say(line)
        if time.monotonic() - tidied_at >= _TIDY_EVERY:
            tidied_at = time.monotonic()
            _tidy_again(api, say)


def _tidy_again(api: Server, say: Say) -> None:
    """Mark what died since the start; a server that is just being started again is asked next time."""
    with suppress(httpx.HTTPError):
        if dead := api.crash_dead_runs(is_alive, clock.now() - timedelta(seconds=_TIDY_EVERY)):
            say(f"{dead} run(s) had died without a word: marked as crashed.")


def _wait_for(condition: Callable[[], bool], child: Child, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        if child.exit_code is not None or time.monotonic() > deadline:
            raise StartError(
                f"The {child.name} did not get ready (exit code {child.exit_code}). "
                f"The end of {child.log}:\n{child.last_lines()}"
            )
        time.sleep(0.25)


def _require_free(port: int, variable: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise StartError(
                f"Port {port} of {HOST} cannot be used: {error.strerror}.\n"
                f"Stop what uses it, or choose another one: {variable}={port + 1} mandates up"
            ) from error


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGINT and SIGTERM raise KeyboardInterrupt, even in a job that a script started with SIGINT ignored."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stopping(say: Say) -> None:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # stopping takes a few seconds, and half a stop leaves orphans
    say("Stopping ...")


def _where_to_look(url: str, board: str, home: Path) -> str:
    commands = Path(sys.executable).parent
    return f"""
The automation server is up.
  look at it   {url}
  board        {board}
  outbox       {home / "outbox"}
  packages     {home / "packages"}
  logs         {home / "logs"}
  stop it      Ctrl-C here, or: kill {os.getpid()}

In another terminal, from {ROOT}:
  {commands / "mandates"} status
  PREFECT_API_URL={url}/api {commands / "prefect"} deployment run {FIRST_RUN}
"""
