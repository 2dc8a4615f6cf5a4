import pytest
from prefect.states import Failed

from flows.retrying import PAUSES, may_pass
from policies.pack.pack import UnknownObligationError


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (UnknownObligationError("annual-meting", ["annual-meeting"]), False),
        (OSError("the database is locked"), True),
    ],
)
def test_what_was_asked_for_wrongly_is_not_tried_again(error, again):
    assert may_pass(None, None, Failed(data=error)) is again


def test_a_database_that_is_gone_for_ten_minutes_is_back_before_the_last_try():
    assert sum(PAUSES) > 600
