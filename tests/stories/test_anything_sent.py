"""Whatever strangers send, in mails or folders: nothing stops, and what is behind it is taken."""

from tests.anything_sent import try_anything


def test_what_nobody_sends_stops_nothing():
    tried = try_anything(seed=2027, goes_on=lambda tried: tried.rounds < 3)
    assert tried.wrong == []
    assert (tried.mails, tried.files) == (21, 21)
