"""`make quick` runs the tests of what changed."""

from tests.changed import folders


def test_policies_and_language_are_always_run():
    assert folders([]) == ["tests/language", "tests/policies"]


def test_a_change_in_a_room_or_in_its_tests_runs_the_tests_of_that_room():
    assert folders(
        ["records/tables.py", "tests/cli/record/test_membership.py", "README.md", "tests/days.py"]
    ) == [
        "tests/cli",
        "tests/language",
        "tests/policies",
        "tests/records",
    ]
