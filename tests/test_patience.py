"""Waiting goes by progress: what is slow is waited for, what stands still is given up."""

from itertools import count

import pytest

from tests.patience import wait_until


def test_what_goes_on_slowly_is_waited_for_longer_than_the_bound():
    steps = count()
    answers = iter([None] * 30 + ["done"])

    assert wait_until(lambda: next(answers), lambda: next(steps), patience=0.02, pause=0.005) == "done"


def test_what_stands_still_is_given_up_with_the_reason():
    with pytest.raises(pytest.fail.Exception, match=r"no letter came \(nothing has changed"):
        wait_until(lambda: None, why=lambda: "no letter came", patience=0.02, pause=0.005)
