"""Ways out for the watch, and homes that were enforced, for its tests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from notifications.channels import Outcome, Takes, Verdict
from policies.problems import Problem, RefusedFileError
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.settings import Settings
from tasks.operations.watch.watching import Seen, watch
from tests.installations import TODAY, Listed, at, workplace_in

NOW = at(TODAY)
HOUR = timedelta(hours=1)
STOPPED, AGAIN = "Nothing keeps watch: enforcement has stopped", "Enforcement runs again"
GONE, THERE = "The record cannot be reached", "The record can be reached again"
REFUSED = Verdict(Outcome.REFUSED_NOW, "451 not now")
DOWN = {"": Verdict(Outcome.UNREACHED, "no connection")}


class Chat:
    """A way out for short texts, which may be down."""

    takes = Takes.SHORT

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, mail: object) -> Verdict:
        raise AssertionError(f"a mail for a chat: {mail}")

    def send_short(self, title: str, body: str) -> Verdict:
        self.texts.append(f"{title}: {body}")
        return Verdict(Outcome.SENT, "taken by the service")


class Post:
    """Ways out for the watch: a mail line, and other channels by name."""

    def __init__(self, home: Path, others: Mapping[str, Chat] | None = None) -> None:
        self.settings = Settings(home=home)
        self.listed = Listed()
        self.others = others or {}
        self.beside = home.parent / f"{home.name}-beside" / "watch.json"

    @property
    def told(self) -> list[str]:
        return [str(message["Subject"]) for message in self.listed.messages]

    @property
    def text(self) -> str:
        """The words of the last mail, in one line."""
        body = self.listed.messages[-1].get_body(("plain",))
        assert body
        return " ".join(body.get_content().split())

    def of(self, name: str) -> Listed | Chat:
        if name == "broken":
            raise RefusedFileError([Problem("environment", name, "nothing", "an address")])
        return self.others.get(name, self.listed)

    def look(self, hours: float, **settings: object) -> Seen:
        @contextmanager
        def open_channels(_settings: Settings) -> Iterator[Post]:
            yield self

        used = self.settings.model_copy(update=settings)
        return watch(used, NOW + hours * HOUR, open_channels, (used.home / "watch.json", self.beside))


def enforced_in(home: Path, others: Mapping[str, Chat] | None = None) -> Post:
    with workplace_in(home) as installation:
        enforce(installation, TODAY, NOW)
        dispatch(installation, TODAY, NOW, Listed().open_channels)
    return Post(home, others)


def enforce_again(home: Path, hours: float, obligation: str | None = None) -> None:
    with workplace_in(home, {}) as installation:
        enforce(installation, TODAY, NOW + hours * HOUR, obligation=obligation)
        dispatch(installation, TODAY, NOW + hours * HOUR, Listed().open_channels)
