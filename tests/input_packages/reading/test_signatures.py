"""Texts that look like something else at first, and files that look like texts."""

import pytest

from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind
from tests.input_packages.files import pdf, word

SOUND = {
    "initials": "MZ asked for the minutes.\nWe agree.",
    "initials and Arabic": "MZ: ينبغي أن تجتمع الشبكة",
    "nothing but initials": "MZ",
    "a mark of PDF": "Files that begin with %PDF-1.7 are taken.",
    "a mark of PDF and its end": "The mark %PDF- opens a file and %%EOF closes it; an obj is a part.",
    "a mark of Office": "Office files begin with PK.",
    "a tag": "See <html> for the form of a page.",
    "figures": "1 0 objections were raised",
}
SOUND["a long text with a mark of PDF"] = "We like %PDF-1.7 files. " + "So it is. " * 9000


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_a_text_that_speaks_of_files_is_a_text(content, read):
    found = read(content.encode())
    assert (found.kind, found.refusals) == (Kind.TEXT, ())


HIDDEN = (
    b"Dear colleagues,\n%PDF-1.7\n" + b"so it is\n" * 900 + b"1 0 obj <<>> endobj\n" + b"and so on\n" * 9000
)
HOSTILE = {
    "a program": (b"MZ\x90\x00\x03" + bytes(60), Refusal.PROGRAM),
    "a small program": (b"MZ\x00", Refusal.PROGRAM),
    "a program with a text in front of its zeros": (b"MZ is fine" + bytes(60), Refusal.PROGRAM),
    "a program in an odd encoding": (b"MZ\xff\xfe\xfd", Refusal.PROGRAM),
    "a PDF behind a greeting": (b"Dear colleagues,\n" + pdf(), Refusal.TWO_KINDS),
    "a PDF in the middle of a text": (HIDDEN, Refusal.TWO_KINDS),
    "a Word file behind a greeting": (b"Dear colleagues,\n" + word(), Refusal.TWO_KINDS),
    "a PDF behind too many lines to be one": (b"\n" * 5000 + b"\x00" + pdf(), Refusal.OTHER_KIND),
    "a PDF that is none": (b"%PDF-1.7 is what it says", Refusal.DAMAGED),
    "a mark and a page": (b"\xef\xbb\xbf\n<html>", Refusal.WEB_PAGE),
}


@pytest.mark.parametrize(("content", "refusal"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_another_program_would_open_is_no_text(content, refusal, read):
    assert read(content).refusals == (refusal,)
