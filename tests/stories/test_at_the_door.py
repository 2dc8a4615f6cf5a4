"""Strangers at a real server: other users, pages of other servers, and runs that bring a command along."""

import base64
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from flows.clock import now
from flows.server.deployments import JOB_TEMPLATE, POOL
from tests.flows.running import MANDATES, Running, processes, running
from tests.flows.strangers import (
    TRY,
    another_server,
    as_another_user,
    frame_of,
    is_root,
    statuses,
    unreadable,
)
from tests.patience import PATIENCE

pytestmark = pytest.mark.e2e

# What Prefect tells everybody: that it lives.
OPEN = {("GET", "/api/health"), ("GET", "/api/ready")}
STREAMS = (
    "events/in",
    "events/out",
    "logs/out",
    "task_runs/subscriptions/scheduled",
    f"work_pools/{POOL}/workers/connect",
)
OPEN_TO_A_COMMAND = {
    "job_configuration": {"command": "{{ command }}"},
    "variables": {"type": "object", "properties": {"command": {"type": "string"}}},
}


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """A server whose home lies where every user of the machine may look into the folders above it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with running(Path(folder) / "home") as started:
            (Path(folder) / "home").chmod(0o755)
            started.wait_for("start", started.is_up)
            yield started


@pytest.fixture
def stranger(server: Running) -> Iterator[httpx.Client]:
    """Somebody who reaches the port and knows no password."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE, trust_env=False) as client:
        yield client


def everything_that_can_be_asked(stranger: httpx.Client) -> list[tuple[str, str]]:
    """Every way into the interface, as the server itself lists them, with something in each gap."""
    paths = stranger.get("/openapi.json").raise_for_status().json()["paths"]
    return [
        (method.upper(), f"/api{re.sub('{[^}]+}', '00000000-0000-0000-0000-000000000000', path)}")
        for path, methods in paths.items()
        for method in methods
    ]


def test_without_the_password_nothing_of_the_interface_answers(stranger: httpx.Client):
    asked = everything_that_can_be_asked(stranger)
    answered = [
        (method, path)
        for method, path in asked
        if (method, path) not in OPEN and stranger.request(method, path).status_code not in {401, 403}
    ]

    assert len(asked) > 150
    assert answered == []


@pytest.mark.parametrize("auth", [("mandates", "x"), ("", ""), ("mandates", "")])
def test_a_wrong_password_is_as_good_as_none(stranger: httpx.Client, auth: tuple[str, str]):
    assert stranger.get("/api/admin/settings", auth=auth).status_code == 401


def test_a_forged_request_is_refused_though_it_has_the_password(server: Running, stranger: httpx.Client):
    user, _, password = server.auth.partition(":")
    forged = stranger.post("/api/flow_runs/filter", json={}, auth=(user, password))

    assert (forged.status_code, forged.json()) == (403, {"detail": "Missing CSRF token."})
    assert server.ask("POST", "/flow_runs/filter", {}).is_success


@pytest.mark.parametrize("host", ["localhost", "evil.example", "evil.example:4200", "127.0.0.1"])
def test_under_another_name_nothing_answers(server: Running, stranger: httpx.Client, host: str):
    user, _, password = server.auth.partition(":")
    asked = stranger.get("/api/admin/settings", headers={"Host": host}, auth=(user, password))

    assert asked.status_code == 421
    assert server.url in asked.text


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_page_of_another_server_is_granted_nothing(server: Running, stranger: httpx.Client, method: str):
    user, _, password = server.auth.partition(":")
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    asked = stranger.request(method, "/api/flow_runs/filter", headers=headers, auth=(user, password))

    assert asked.status_code == 403
    assert [name for name in asked.headers if name.startswith("access-control-")] == []


def first_words(server: Running, path: str, token: str | None, origin: str | None = None) -> dict[str, Any]:
    """What a stream says to who shows this token."""
    address = f"ws://127.0.0.1:{server.port}/api/{path}"
    protocols = [Subprotocol("prefect")]
    with connect(address, subprotocols=protocols, origin=Origin(origin) if origin else None) as stream:
        stream.send(json.dumps({"type": "auth", "token": token}))
        answer: dict[str, Any] = json.loads(stream.recv(timeout=60))
    return answer


@pytest.mark.parametrize("path", STREAMS)
def test_a_stream_says_nothing_without_the_password_or_to_a_page_elsewhere(server: Running, path: str):
    for token in (None, "", "mandates:x"):
        with pytest.raises(ConnectionClosed):
            first_words(server, path, token)
    with pytest.raises(InvalidStatus):
        first_words(server, path, server.auth, origin="https://evil.example")
    assert first_words(server, path, server.auth) == {"type": "auth_success"}


def test_another_user_of_the_machine_reads_nothing_and_runs_nothing(server: Running):
    deployment = server.deployment("enforce/annual-meeting")["id"]
    asked = [
        ("GET", "/api/admin/settings"),
        ("GET", "/api/csrf-token?client=x"),
        ("POST", "/api/flow_runs/filter"),
        ("POST", f"/api/deployments/{deployment}/create_flow_run"),
    ]
    before = len(server.runs("enforce/annual-meeting"))

    assert as_another_user(statuses, server.port, asked) == [401, 401, 403, 403]
    assert len(server.runs("enforce/annual-meeting")) == before
    secrets = [server.home / "prefect.auth", Path(f"/proc/{server.child('server')}/environ")]
    if is_root():
        assert as_another_user(unreadable, secrets) == [True, True]
    else:  # we cannot become another user: what the system lets others do has to be enough
        assert [file.stat().st_mode & 0o077 for file in secrets] == [0, 0]


def test_the_password_is_in_no_command_line_and_no_log(server: Running):
    secret = server.auth.partition(":")[2]
    written = "".join(file.read_text(errors="replace") for file in (server.home / "logs").glob("*.log"))
    coded = base64.b64encode(server.auth.encode()).decode()

    assert len(processes(server.process.pid)) >= 3
    assert [words for words in processes(server.process.pid).values() if secret in words] == []
    assert secret not in written + server.output
    assert coded not in written + server.output


def test_a_run_cannot_bring_a_command_an_environment_or_a_folder_along(server: Running, tmp_path: Path):
    deployment = server.deployment("enforce/annual-meeting")
    trace = tmp_path / "was here"
    brought: Sequence[dict[str, Any]] = (
        {"command": f"touch '{trace}'"},
        {"env": {"MANDATES_HOME": str(tmp_path)}},
        {"env.MANDATES_HOME": str(tmp_path)},
        {"working_dir": str(tmp_path)},
    )

    asked = [
        server.ask("POST", f"/deployments/{deployment['id']}/create_flow_run", {"job_variables": each})
        for each in brought
    ]
    # This way in looks at nothing that is brought along: the worker's template has to be what protects.
    unseen = server.api(
        "POST",
        "/flow_runs/",
        {
            "flow_id": deployment["flow_id"],
            "deployment_id": deployment["id"],
            "work_pool_name": POOL,
            "parameters": {"obligation": "annual-meeting"},
            "job_variables": {key: value for each in brought for key, value in each.items()},
            "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": now().isoformat()}},
        },
    )

    assert [answer.status_code for answer in asked] == [422, 422, 422, 422]
    assert "1 obligation" in server.completed(unseen["id"])
    assert list(tmp_path.iterdir()) == []


def test_deploying_takes_back_a_template_that_lets_a_command_in(server: Running):
    server.api("PATCH", f"/work_pools/{POOL}", {"base_job_template": OPEN_TO_A_COMMAND})

    deployed = mandates(server, "deploy")

    assert deployed.returncode == 0, deployed.stderr
    assert server.api("GET", f"/work_pools/{POOL}")["base_job_template"] == JOB_TEMPLATE


def test_a_run_by_hand_needs_no_password_typed(server: Running):
    asked = mandates(
        server,
        "prefect",
        "deployment",
        "run",
        "enforce/annual-meeting",
        "-p",
        "by=Amal",
        "-p",
        "reason=a trial",
    )

    assert asked.returncode == 0, asked.stderr
    run = re.search(r"UUID: (\S+)", asked.stdout)
    assert run is not None
    assert server.completed(run[1]).endswith("Asked for by Amal: a trial.")
    assert server.auth.partition(":")[2] not in asked.stdout + asked.stderr


def test_the_command_of_prefect_answers_for_itself(server: Running):
    assert (
        "Usage: prefect deployment run" in mandates(server, "prefect", "deployment", "run", "--help").stdout
    )
    assert mandates(server, "prefect", "deployment", "run", "enforce/nothing").returncode == 1


def mandates(server: Running, *words: str) -> subprocess.CompletedProcess[str]:
    """Type a command on the server's home."""
    return subprocess.run(
        [MANDATES, *words], env=server.environment, capture_output=True, text=True, check=False
    )


def test_a_person_with_the_password_uses_the_interface_and_it_asks_nobody_else(
    server: Running, browser: Browser
):
    page = browser.new_page()
    asked = list[str]()
    page.on("response", lambda response: asked.append(response.url))
    page.goto(server.url)
    page.get_by_role("button", name="Login").wait_for(timeout=PATIENCE * 1000)

    page.locator("input[type=password]").fill(server.auth)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Deployments").click(timeout=PATIENCE * 1000)
    there = server.api("POST", "/deployments/count", {})
    page.get_by_text(f"{there} Deployments").wait_for(timeout=PATIENCE * 1000)

    page.close()
    assert [url for url in asked if not url.startswith((server.url, "data:"))] == []


def test_a_page_of_another_server_reads_nothing_and_runs_nothing(
    server: Running, browser: Browser, tmp_path: Path
):
    (tmp_path / "index.html").write_text("<!doctype html><title>elsewhere</title>")
    deployment = server.deployment("enforce/annual-meeting")["id"]
    before = len(server.runs("enforce/annual-meeting"))
    ways = (
        "admin/settings",
        f"deployments/{deployment}",
        f"deployments/{deployment}/create_flow_run",
        "csrf-token?client=x",
    )
    with another_server(tmp_path) as port:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        read = [page.evaluate(TRY, [f"{server.url}/api/{way}", server.auth]) for way in ways]
        framed = frame_of(page, server.url)
        page.close()

    assert read == [[""] * 6] * len(ways)
    assert framed.startswith("chrome-error:")
    assert len(server.runs("enforce/annual-meeting")) == before


def test_a_name_that_somebody_else_leads_to_this_machine_opens_nothing(server: Running, browser: Browser):
    page = browser.new_page()
    answer = page.goto(f"http://evil.localhost:{server.port}/api/admin/settings")
    page.close()

    assert answer is not None
    assert answer.status == 421
