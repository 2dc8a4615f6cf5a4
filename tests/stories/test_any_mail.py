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
from tests.fuzzing import MAIL_PIECES, edited, examples
from tests.installations import TODAY, TWO_LANGUAGES, at, workplace_in
from tests.tasks.inputs.mails import Letters, every_case, reply

CASES = [case.content for case in every_case(Letters("<own@x>", "<other@x>", "<old@x>")) if case.content]
PLACES = count()
EDITS = st.tuples(
    st.floats(0, 1), st.floats(0, 0.2), st.one_of(st.sampled_from(MAIL_PIECES), st.binary(max_size=40))
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with workplace_in(tmp_path_factory.mktemp("home"), languages=TWO_LANGUAGES) as opened:
        yield opened


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
