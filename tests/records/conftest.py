"""Every test of the record runs on every database it can be kept in."""

import pytest


@pytest.fixture(autouse=True)
def on_each_database(each_database: str) -> str:
    return each_database
