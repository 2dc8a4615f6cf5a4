"""Whatever is sent to us, it has a fate, and what comes behind it is read."""

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.database import reading
from records.inbox import Fate, inbox, interrupted
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import reader_of
from tasks.installation.installation import Installation
from tests.fuzzing import examples
from tests.installations import TODAY, TWO_LANGUAGES, at, workplace_in
from tests.tasks.inputs.mails import Letters, every_case, reply

CASES = [case.content for case in every_case(Letters("<own@x>", "<other@x>", "<old@x>")) if case.content]
PLACES = count()
# What mails consist of; put in anywhere, it makes others of them.
PIECES = [
    b"\r\n\r\n",
    b"--b\n",
    b"Content-Type: ",
    b"multipart/mixed; boundary=b",
    b"=?utf-8?b?",
    b"?=",
    b"\0",
    b"(",
]
PIECES += [
    b"message/rfc822",
    b"Content-Transfer-Encoding: base64\n",
    b"From: ilo@example.org\n",
    b"References: <",
]
EDITS = st.tuples(
    st.floats(0, 1), st.floats(0, 0.2), st.one_of(st.sampled_from(PIECES), st.binary(max_size=40))
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with workplace_in(tmp_path_factory.mktemp("home"), languages=TWO_LANGUAGES) as opened:
        yield opened


def edited(content: bytes, edits: list[tuple[float, float, bytes]]) -> bytes:
    """Return a mail in which pieces were replaced: each from a place on, over a length, by others."""
    for where, length, piece in edits:
        first = int(where * len(content))
        content = content[:first] + piece + content[first + int(length * len(content)) :]
    return content


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.sampled_from(CASES), edits=st.lists(EDITS, min_size=1, max_size=5))
def test_any_mail_has_a_fate_and_stops_nothing(
    installation: Installation, content: bytes, edits: list[tuple[float, float, bytes]]
):
    with reader_of(installation) as reader:
        arrivals = Arrivals(Intake(installation, TODAY), reader, at(TODAY, 9), Collected())
        place, behind = f"any {next(PLACES)}", f"behind {next(PLACES)}"
        assert arrivals.take(place, edited(content, edits)) is not None
        assert arrivals.take(behind, reply("", f"{behind}: nothing to add").as_bytes()) is Fate.NEEDS_A_PERSON
    with reading(installation.engine) as session:
        assert interrupted(session) == []
        assert {place, behind} <= {kept.item.place for kept in inbox(session) if kept.fate}
