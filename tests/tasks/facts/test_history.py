"""The public history: taken once, so that what was corrected does not come back."""

from pathlib import Path

from records.database import reading, writing
from records.facts.facts import correct_fact, read_facts
from tasks.facts.history import take_history
from tests.installations import TODAY, at, workplace_in


def test_the_history_is_taken_once_and_corrections_stand(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        taken = take_history(installation, TODAY, at(TODAY))
        assert taken is not None
        assert (taken.new, taken.known) == (24, 0)
        with writing(installation.engine) as session:
            correct_fact(session, "completion", 5, "not the fifth meeting", "an officer", at(TODAY))
        assert take_history(installation, TODAY, at(TODAY)) is None
        with reading(installation.engine) as session:
            meetings = read_facts(session).completions_of("annual-meeting")
    assert [str(meeting.completed_on) for meeting in meetings] == ["2022-10-19"]
