"""libical, the reader of GNOME and of many servers: what it has against a calendar."""

import ctypes
from functools import cache

import pytest

_ERROR = "X-LIC-ERROR"


@cache
def _library() -> ctypes.CDLL:
    try:
        found = ctypes.CDLL("libical.so.3")
    except OSError:
        pytest.fail("calendars are checked by libical as well: install it (Debian: libical3)")
    for function, given, returned in (
        ("icalparser_parse_string", [ctypes.c_char_p], ctypes.c_void_p),
        ("icalrestriction_check", [ctypes.c_void_p], ctypes.c_int),
        ("icalcomponent_count_errors", [ctypes.c_void_p], ctypes.c_int),
        ("icalcomponent_as_ical_string", [ctypes.c_void_p], ctypes.c_char_p),
        ("icalcomponent_free", [ctypes.c_void_p], None),
    ):
        called = getattr(found, function)
        called.argtypes, called.restype = given, returned
    return found


def complaints(content: bytes) -> list[str]:
    """Return what libical finds wrong with a calendar: what it cannot parse, and what it restricts."""
    library = _library()
    component = library.icalparser_parse_string(content)
    if not component:
        return ["it is no calendar"]
    allowed = library.icalrestriction_check(component)
    errors = library.icalcomponent_count_errors(component)
    text = library.icalcomponent_as_ical_string(component).decode().replace("\r\n ", "")
    library.icalcomponent_free(component)
    found = [line for line in text.splitlines() if line.startswith(_ERROR)]
    return found if allowed and not errors else [*found, f"restrictions kept: {allowed}, errors: {errors}"]
