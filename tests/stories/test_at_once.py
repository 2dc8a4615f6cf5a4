"""Several servers at once on one record: unique keys decide, nothing doubles, nothing is lost."""

import os
import signal
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from sqlalchemy import event

from policies.plans.notices import NoticeState
from records.chain.audit import breaks
from records.database import reading
from records.ledger.notices import SPOKEN, notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tests.cli.command import FORKED
from tests.installations import TODAY, at, workplace_in
from tests.patience import ended_by_itself


def a_server(settings: Settings, dies_after: int | None) -> None:
    """Enforce and dispatch a day; die at the given commit, if one is given."""
    commits = 0

    def count(*_: object) -> None:
        nonlocal commits
        commits += 1
        if commits == dies_after:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_installation(settings) as installation:
        event.listen(installation.engine, "commit", count)
        enforce(installation, TODAY, at(TODAY))
        dispatch(installation, TODAY, at(TODAY))
    os._exit(0)


def at_once(home: Path, deaths: list[int | None]) -> list[int]:
    servers = [FORKED.Process(target=a_server, args=(Settings(home=home), death)) for death in deaths]
    for server in servers:
        server.start()
    return [ended_by_itself(server, "a server") for server in servers]


@pytest.mark.parametrize(
    "deaths",
    [
        pytest.param([None, None], id="two"),
        pytest.param([None, None, None, None], id="four"),
        pytest.param([3, 5, 8, None], id="four, three of which die"),
    ],
)
def test_servers_at_once_send_everything_once(tmp_path: Path, each_database: str, deaths: list[int | None]):
    workplace_in(tmp_path).engine.dispose()
    codes = at_once(tmp_path, deaths)
    assert codes.count(0) >= deaths.count(None), each_database
    with open_installation(Settings(home=tmp_path)) as installation:
        dispatch(installation, TODAY, at(TODAY) + timedelta(hours=1))
        messages = (message_from_bytes(f.read_bytes()) for f in installation.settings.outbox.glob("*.eml"))
        sent = Counter(str(key) for message in messages for key in message.get_all("X-Mandate-Notice", []))
        with reading(installation.engine) as session:
            states = {n.notice_key: NoticeState(n.state) for n in notices_of(session)}
            assert list(breaks(session)) == []
            assert proof_of(session, installation, TODAY, TODAY).failures == []
    assert set(sent.values()) == {1}
    assert {key for key, state in states.items() if state is NoticeState.SENT} <= set(sent)
    assert {key for key in sent if states[key] not in SPOKEN} == set()
    assert set(states.values()) <= {NoticeState.SENT, NoticeState.UNKNOWN}
