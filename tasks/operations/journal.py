"""The journal: one line of JSON for everything a run did, with the keys to look it up by.

A line names obligations, cycles and notices by their keys, and no more of people than a notice's key does: no
address, no name, nothing that was written to anybody.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from logging.handlers import WatchedFileHandler
from typing import Any

from policies.plans.notice_key import NoticeKey
from policies.recurrence.cycle_key import CycleKey
from tasks.dispatch.dispatching import Dispatching
from tasks.enforcement.enforcement import Enforcement
from tasks.installation.settings import Settings
from tasks.packages.assembly import Assembly

_LOG = logging.getLogger("mandates.journal")
_LOG.propagate = False
FILE = "journal.jsonl"

Line = dict[str, Any]


def enforced(done: Enforcement) -> Iterable[Line]:
    """Yield what an enforcement did."""
    yield from (_of_cycle("opened", cycle) for cycle in done.opened)
    yield from (_of_cycle("breached", cycle) for cycle in done.breached)
    yield from (_of_notice("superseded", key, "superseded") for key in done.superseded)
    yield from (_of_notice("entered", notice.notice_key, notice.state) for notice in done.notices)
    yield {"event": "enforced", "as_of": str(done.as_of), **done.counts()}


def dispatched(done: Dispatching) -> Iterable[Line]:
    """Yield what became of each notice that was to leave."""
    yield from (_of_notice("dispatched", row["notice_key"], row["outcome"]) for row in done.rows)


def assembled(done: Assembly) -> Iterable[Line]:
    """Yield which packages were built."""
    yield from (_of_cycle("assembled", row["cycle"]) for row in done.rows)


def journal(settings: Settings, now: datetime, lines: Iterable[Line]) -> None:
    """Append lines to the journal in the home's logs, where the settings ask for one."""
    if not settings.log_json:
        return
    folder = settings.home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = WatchedFileHandler(folder / FILE, encoding="utf-8")
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    try:
        for line in lines:
            _LOG.info(_written(line, now))
    finally:
        _LOG.removeHandler(handler)
        handler.close()


def _written(line: Mapping[str, Any], now: datetime) -> str:
    return json.dumps({"at": now.isoformat(), **line}, ensure_ascii=False)


def _of_cycle(event: str, cycle: str) -> Line:
    return {"event": event, "obligation": CycleKey.parse(cycle).obligation, "cycle": cycle}


def _of_notice(event: str, key: str, state: str) -> Line:
    return {**_of_cycle(event, NoticeKey.parse(key).cycle), "notice": key, "state": str(state)}
