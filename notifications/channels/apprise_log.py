"""What Apprise says only to its log: which answer a service gave, or why it could not be reached.

`notify` says yes or no. Whether a no is plain, so that the message may be sent once more, or leaves open
whether it arrived, stands in the log alone. The log is listened to and never passed on: at the level
debug it holds the addresses of the services with their tokens, as does that of urllib3.

Importing this module imports urllib3.
"""

import logging
import re
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from notifications.channels.verdict import Outcome, Verdict

_LOGS = ("apprise", "urllib3")
_CODE = re.compile(r"\berror=(\d{3})\b")
_NOT_REACHED = (NewConnectionError, ConnectTimeoutError, ssl.SSLCertVerificationError)

# What a service says of the message is for good; what it says of us or of now is mended or passes, and
# holds for every message to it. An error of the server's own is neither: it may have taken the message first.
_OF_THE_MESSAGE = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}
_PLAIN_LATER = HTTPStatus.SERVICE_UNAVAILABLE

UNCLEAR = Verdict(Outcome.UNKNOWN, "the service did not confirm it; it may have arrived all the same")
NOT_REACHED = Verdict(Outcome.UNREACHED, "the service could not be reached")


class LogListener(logging.Handler):
    """Hears one attempt. What was heard last decides: a service may be asked for a login first."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.verdict = UNCLEAR

    def emit(self, record: logging.LogRecord) -> None:
        """Take in one line of the log; one written while an error is handled has that error beside it."""
        error = sys.exc_info()[1]
        code = _CODE.search(record.getMessage())
        if error:
            self.verdict = NOT_REACHED if any(isinstance(e, _NOT_REACHED) for e in _chain(error)) else UNCLEAR
        elif code:
            self.verdict = _answered(int(code[1]))


@contextmanager
def listen() -> Iterator[LogListener]:
    """Listen to the logs, and let nothing of them through meanwhile."""
    listener = LogListener()
    logs = [logging.getLogger(name) for name in _LOGS]
    before = [(log.level, log.propagate) for log in logs]
    for log in logs:
        log.setLevel(logging.WARNING)
        log.propagate = False
        log.addHandler(listener)
    try:
        yield listener
    finally:
        for log, (level, propagate) in zip(logs, before, strict=True):
            log.removeHandler(listener)
            log.setLevel(level)
            log.propagate = propagate


def _answered(code: int) -> Verdict:
    text = f"the service answered {code}{_PHRASES.get(code, '')}"
    if code in _OF_THE_MESSAGE:
        return Verdict(Outcome.REFUSED_FOR_GOOD, text)
    if HTTPStatus.MULTIPLE_CHOICES <= code < HTTPStatus.INTERNAL_SERVER_ERROR or code == _PLAIN_LATER:
        return Verdict(Outcome.UNREACHED, text)
    return Verdict(Outcome.UNKNOWN, f"{text}; it may have arrived all the same")


_PHRASES = {status.value: f" {status.phrase}" for status in HTTPStatus}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
