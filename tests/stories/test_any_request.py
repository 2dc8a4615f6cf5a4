"""Requests nobody thought of, made up from the description of the API: none is answered with a failure."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings


def test_no_request_is_answered_with_a_failure_or_with_what_nobody_described(board_address, cookies):
    schema: Any = schemathesis.openapi.from_url(f"{board_address}/openapi.json", cookies=cookies)
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
        def asked(case):
            case.call_and_validate(cookies=cookies)

        asked()
    assert len(operations) >= 15
