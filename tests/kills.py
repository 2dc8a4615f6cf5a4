"""Lives of a day's work that end in a kill, and what must be true of the record after any number of them.

A child does the work of a day (enforce, assemble packages, dispatch) and kills itself at the n-th thing it
does to the database or to the way out. The way out is a real folder, so what left can be counted afterwards.
"""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

from sqlalchemy import event

from input_packages.verify import verify
from notifications.channels import Takes, Verdict
from notifications.envelope import Mail
from policies.plans.notices import NoticeState
from records.chain.audit import breaks
from records.database import reading
from records.ledger.notices import SPOKEN, notices_of
from records.packages import versions_on_record
from tasks.dispatch.channel import Channel, configured
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.packages.assembly import assemble
from tests.cli.command import FORKED, pack_of_two_languages
from tests.installations import TODAY, at, workplace_in
from tests.patience import ended_by_itself

ENDS = {NoticeState.SENT, NoticeState.UNKNOWN, NoticeState.SKIPPED, NoticeState.AWAITING_RELEASE}
DEATHS_A_DAY = 20


class Steps:
    """Counts what is done, and kills its own process at the `fatal` one."""

    def __init__(self, fatal: int) -> None:
        self.fatal, self.count = fatal, 0

    def __call__(self, *_: object) -> None:
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


class Fatal:
    """A real channel with a step before and after each message."""

    def __init__(self, channel: Channel, step: Callable[[], None]) -> None:
        self.channel, self.step = channel, step

    takes = Takes.MAIL

    def of(self, _name: str) -> "Fatal":
        return self

    def send_short(self, title: str, body: str) -> Verdict:
        return self.channel.send_short(title, body)

    def send(self, mail: Mail) -> Verdict:
        self.step()
        verdict = self.channel.send(mail)
        self.step()
        return verdict


def settings_in(home: Path) -> Settings:
    return Settings(home=home, policies=pack_of_two_languages())


def a_day(settings: Settings, on: date, fatal: int) -> None:
    """Do the work of a day, and die at a step of it."""
    steps = Steps(fatal)
    with open_installation(settings) as installation:
        for name in ("before_cursor_execute", "commit"):
            event.listen(installation.engine, name, steps)

        @contextmanager
        def open_channels(place: Installation) -> Iterator[Fatal]:
            with configured(place) as ways:
                yield Fatal(ways.of("email"), steps)

        enforce(installation, on, at(on))
        assemble(installation, on, at(on))
        dispatch(installation, on, at(on, 7), open_channels)
    os._exit(0)


def died(home: Path, on: date, fatal: int) -> bool:
    """Do the work of a day in a child, and say whether it was killed at its step `fatal`."""
    child = FORKED.Process(target=a_day, args=(settings_in(home), on, fatal))
    child.start()
    code = ended_by_itself(child, f"the work of {on}")
    assert code in (0, -signal.SIGKILL), code
    return code != 0


@dataclass(frozen=True)
class Survived:
    """What was counted after the kills; `wrong` names whatever was doubled, lost or broken."""

    kills: int
    days: int
    sent: int
    unknown: int
    packages: int
    wrong: list[str]


def survive(home: Path, kills: int, seed: int) -> Survived:
    """Live through days, killed at random steps, until there were so many kills; then look at everything."""
    chance = random.Random(seed)  # noqa: S311 (which step is hit, not a secret)
    workplace_in(home).engine.dispose()
    done, on = 0, TODAY
    while done < kills:
        for _ in range(min(DEATHS_A_DAY, kills - done)):
            if not died(home, on, chance.randint(1, 400)):
                break
            done += 1
        else:
            assert not died(home, on, 0)
        on += timedelta(days=1)
    return looked_at(home, done, on - timedelta(days=1))


def looked_at(home: Path, kills: int, last: date) -> Survived:
    """Finish the last day, and hold the record, the outbox and the packages against each other."""
    with open_installation(settings_in(home)) as installation:
        dispatch(installation, last, at(last, 23))
        sent = keys_in(installation.settings.outbox)
        with reading(installation.engine) as session:
            states = {n.notice_key: NoticeState(n.state) for n in notices_of(session)}
            rows = [(row.cycle, row.file) for row in versions_on_record(session)]
            wrong = [
                f"the proof: {failure}" for failure in proof_of(session, installation, TODAY, last).failures
            ]
            wrong += [f"the audit chain: {found}" for found in breaks(session)]
        packages = installation.settings.packages
        wrong += [f"{name}: {found}" for _, name in rows for found in verify(packages / name)]
    doubled = [name for name, times in Counter(name for _, name in rows).items() if times > 1]
    wrong += [f"a package recorded twice: {name}" for name in doubled]
    wrong += [f"sent twice: {key}" for key, times in sent.items() if times > 1]
    wrong += [f"lost: {key}" for key, s in states.items() if s is NoticeState.SENT and key not in sent]
    wrong += [f"sent, and not on record: {key}" for key in sent if states[key] not in SPOKEN]
    wrong += [f"left as {state}: {key}" for key, state in states.items() if state not in ENDS]
    unknown = [*states.values()].count(NoticeState.UNKNOWN)
    return Survived(kills, (last - TODAY).days + 1, len(sent), unknown, len(rows), wrong)


def keys_in(outbox: Path) -> Counter[str]:
    messages = (message_from_bytes(file.read_bytes()) for file in outbox.glob("*.eml"))
    return Counter(str(key) for message in messages for key in message.get_all("X-Mandate-Notice", []))
