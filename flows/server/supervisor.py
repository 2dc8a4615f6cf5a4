"""The automation server on one machine: a Prefect server and a worker, kept alive by one process."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx

from flows import clock
from flows.checkout import ROOT
from flows.server.children import Child, Restarts, is_alive
from flows.server.credentials import made, where
from flows.server.deployments import FIRST_RUN, JOB_TEMPLATE, POOL, SECOND_RUN, declared
from flows.server.environment import HOST, for_children
from flows.server.errors import StartError
from flows.server.lock import exclusive
from flows.server.patience import LONGEST, wait_for
from flows.server.prefect_api import RunState, Server
from flows.server.reconciling import reconcile
from flows.server.room import has_room, wait_for_room
from flows.server.saying import Say, Saying
from tasks.installation.settings import Settings

# Two runs at a time: each takes seconds and an interpreter of 100 MB.
_WORKER = ["worker", "start", "--pool", POOL, "--type", "process", "--limit", "2"]

_STOP_PATIENCE = 2.5  # for each of four, so that all is over within ten seconds
_TIDY_EVERY = 3600.0
_START = ("mandates up", "the automation server started")  # who asks for the first runs, and why
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def up(settings: Settings, *, say: Say, ready: Callable[[], None]) -> None:
    """Run the automation server until it is told to stop by Ctrl-C or SIGTERM.

    Everything is kept in `settings.home`, and starting again continues where it stood. A disk that takes
    nothing is waited for. `ready` is called when all runs; what it says is kept in no log.

    Raises:
        StartError: it cannot start; the message says why and what to do.
    """
    home = settings.home.absolute()
    saying = Saying(home / "logs" / "up.log", say)
    try:
        with _interruptible():
            wait_for_room(home, saying)
            (home / "logs").mkdir(exist_ok=True)
            with exclusive(home), _held(settings.port, "MANDATES_PORT") as port:
                with _held(settings.portal_port, "MANDATES_PORTAL_PORT"):
                    pass  # it is free; the board opens it itself
                _keep_serving(settings, home, port, saying, ready)
    except (StartError, httpx.HTTPError) as error:
        raise StartError(f"The automation server did not start. {error}") from error
    except KeyboardInterrupt:
        saying("Stopped. Nothing is left running; `mandates up` continues where this stood.")


def _keep_serving(
    settings: Settings, home: Path, port: socket.socket, say: Saying, ready: Callable[[], None]
) -> None:
    """Serve; a start that failed because nothing could be written is tried again once something can be."""
    while True:
        try:
            with _interruptible():  # anew each time: a start that failed has stopped listening to signals
                _serve(settings, home, port, say, ready)
        except (StartError, httpx.HTTPError, OSError) as error:
            if has_room(home):
                raise
            say(f"Not started: {error}")
            wait_for_room(home, say)


def _serve(
    settings: Settings, home: Path, port: socket.socket, say: Saying, ready: Callable[[], None]
) -> None:
    auth, logs = made(settings), home / "logs"
    environment = for_children(settings, home, auth)
    held = port.fileno()
    server = Child("server", [str(held)], environment, logs, "flows.server.serving", kept=[held])
    worker = Child("worker", _WORKER, environment, logs)
    board = Child("board", ["board"], environment, logs, "cli")
    deploy = Child("deploy", ["--no-prompt", "deploy", "--all"], environment, logs)
    api = Server(settings.port, auth)
    with ExitStack() as stack:
        for child in (server, worker, board, deploy):
            stack.callback(child.stop, _STOP_PATIENCE)
        stack.callback(_stopping, say)
        say(f"Starting the automation server on {home} ...")
        server.start()
        wait_for(api.healthy, server, say)
        _tidy(api, say)
        worker.start()
        _deploy(api, deploy, say)
        board.start()
        restarts = [Restarts(child, time.monotonic()) for child in (server, worker, board)]
        _first_run(api, worker.log, restarts, say)
        say(_where_to_look(api.url, settings, home))
        ready()
        _watch(restarts, api, say)


def _tidy(api: Server, say: Say) -> None:
    api.ensure_pool(POOL, JOB_TEMPLATE)
    if crashed := api.crash_abandoned_runs():
        say(f"{crashed} run(s) were under way when the server last stopped: marked as crashed.")
    if missed := api.cancel_missed_runs(clock.now()):
        say(f"{missed} run(s) were missed while the server was down: the first run does their work.")


def _deploy(api: Server, deploy: Child, say: Say) -> None:
    def deploy_all() -> None:
        deploy.start()
        wait_for(lambda: deploy.exit_code == 0, deploy, say)

    reconcile(api, declared(), deploy_all, say)
    say(f"{len(declared())} deployments stand.")


def _first_run(api: Server, log: Path, restarts: Sequence[Restarts], say: Say) -> None:
    say(f"First run, {FIRST_RUN}: does everything that is due by today ...")
    run_id = api.run(FIRST_RUN, *_START)
    deadline = time.monotonic() + LONGEST
    state = RunState("SCHEDULED", "")
    while not state.ended and time.monotonic() < deadline:
        time.sleep(0.5)
        _tend(restarts, say)
        with suppress(httpx.HTTPError):  # a server that died meanwhile is being started again
            state = api.state_of(run_id)
    api.run(SECOND_RUN, *_START)  # not beside the first, whose facts it builds on
    say(_how_it_went(state, f"{api.url}/runs/flow-run/{run_id}", log))


def _how_it_went(state: RunState, url: str, log: Path) -> str:
    if state.type == "COMPLETED":
        return f"First run completed. {state.message}"
    return f"The first run is not completed but {state.type}: {state.message}\nLook at {url} and {log}"


def _watch(restarts: Sequence[Restarts], api: Server, say: Saying) -> None:
    tidied_at = time.monotonic()
    while True:
        time.sleep(1)
        say.keep()
        _tend(restarts, say)
        if time.monotonic() - tidied_at >= _TIDY_EVERY:
            tidied_at = time.monotonic()
            _tidy_again(api, say)


def _tend(restarts: Sequence[Restarts], say: Say) -> None:
    for restart in restarts:
        if line := restart.tend(time.monotonic()):
            say(line)


def _tidy_again(api: Server, say: Say) -> None:
    """Mark what died since the start; a server that is just being started again is asked next time."""
    with suppress(httpx.HTTPError):
        if dead := api.crash_dead_runs(is_alive, clock.now() - timedelta(seconds=_TIDY_EVERY)):
            say(f"{dead} run(s) had died without a word: marked as crashed.")


@contextmanager
def _held(port: int, variable: str) -> Iterator[socket.socket]:
    """Hold a port for as long as the block runs: a server that is started again finds it free of others."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
            listening.listen()
        except OSError as error:
            raise StartError(
                f"Port {port} of {HOST} cannot be used: {error.strerror}.\n"
                f"Stop what uses it, or choose another one: {variable}={port + 1} mandates up"
            ) from error
        yield listening


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


def _where_to_look(url: str, settings: Settings, home: Path) -> str:
    mandates = Path(sys.executable).with_name("mandates")
    return f"""
The automation server is up.
  look at it   {url}
  password     asked for there; it is all of {where(settings)}
  board        {settings.board}
  outbox       {home / "outbox"}
  packages     {home / "packages"}
  logs         {home / "logs"}
  stop it      Ctrl-C here, or: kill {os.getpid()}

In another terminal, from {ROOT}:
  {mandates} status
  {mandates} prefect deployment run {FIRST_RUN}
"""
