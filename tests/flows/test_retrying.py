import pytest
from prefect.states import Failed

from flows.retrying import may_pass
from policies.pack import UnknownObligationError


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (UnknownObligationError("annual-meting", ["annual-meeting"]), False),
        (OSError("the database is locked"), True),
    ],
)
def test_what_was_asked_for_wrongly_is_not_tried_again(error, again):
    assert may_pass(None, None, Failed(data=error)) is again
