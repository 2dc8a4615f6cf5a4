"""What Outlook packs into `winmail.dat` is the sender's as if attached openly, or a person has to open it."""

import subprocess
import sys
from struct import pack

import pytest

from input_packages.reading.confinement import Kernel, this_kernel
from tasks.inputs.mail.parts import Document, Parts
from tasks.inputs.mail.winmail import unpacked
from tests.input_packages.files import word
from tests.tasks.inputs.tnef import Inside, tnef

VIEWS = word("views")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def closed(content: bytes) -> Parts:
    return Parts(closed=["fw.msg", "winmail.dat"], packed=[Document("winmail.dat", content)])


def opened(content: bytes) -> Parts:
    return unpacked(closed(content), this_kernel())


def test_the_documents_in_it_come_out_as_they_were_packed():
    zeros = VIEWS + b"\0\0"
    found = opened(tnef([Inside("إسهام المنظمة الطويل الاسم.docx", VIEWS), Inside("b.docx", zeros)]))
    assert found.documents == [
        Document("إسهام المنظمة الطويل الاسم.docx", VIEWS),
        Document("b.docx", zeros),
    ]
    assert found.closed == ["fw.msg"]


def test_what_travels_along_is_no_document_and_what_is_closed_stays_closed():
    found = opened(
        tnef(
            [
                Inside("image001.png", PICTURE, content_id="image001.png@01DB"),
                Inside("theme.xml", b"<a/>", hidden=True),
                Inside("smime.p7s", b"x"),
                Inside("scan.jpg", b"\xff\xd8\xff"),
                Inside("fw.eml", b"From: x"),
                Inside("a mail", b"", mail=True),
                Inside("views.docx", VIEWS),
            ]
        )
    )
    assert [each.name for each in found.documents] == ["views.docx"]
    assert found.pictures == ["scan.jpg"]
    assert found.closed == ["fw.msg", "fw.eml", "a mail"]


def test_where_the_kernel_cannot_confine_it_is_opened_or_left_to_a_person_as_was_set():
    packed, cannot = tnef([Inside("views.docx", VIEWS)]), Kernel(0, None)
    assert unpacked(closed(packed), cannot).documents == [Document("views.docx", VIEWS)]
    assert unpacked(closed(packed), cannot, only_confined=True) == closed(packed)


@pytest.mark.skipif(bool(this_kernel().missing), reason=f"this kernel has no {this_kernel().missing}")
@pytest.mark.parametrize("harm", ["open('/etc/passwd')", "socket.socket()", "os.fork()", "os.kill(1, 0)"])
def test_the_process_that_opens_it_can_do_nothing_but_answer(harm):
    program = f"import os, socket; from tasks.inputs.mail.winmail_child import read; read(lambda _: [{harm}])"
    done = subprocess.run([sys.executable, "-c", program], input=b"", capture_output=True, check=False)
    assert b"PermissionError" in done.stderr
    assert (done.returncode, done.stdout) == (1, b"")


def test_an_empty_one_holds_nothing_and_is_not_closed():
    assert opened(tnef([])) == Parts(closed=["fw.msg"])


GOOD = tnef([Inside("views.docx", VIEWS)])
# MAPI properties of a message that say there are four thousand million of them.
ENDLESS = pack("<BHHI", 1, 0x9003, 6, 4) + b"\xff\xff\xff\xff" + pack("<H", 255 * 4)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"x" * 1000, id="something else"),
        pytest.param(GOOD[:-400], id="cut off"),
        pytest.param(GOOD.replace(VIEWS[100:120], b"\1" * 20), id="changed on its way"),
        pytest.param(tnef([Inside(f"{n}.txt", b"x") for n in range(201)]), id="201 files"),
        pytest.param(tnef([], ENDLESS), id="properties without end", marks=pytest.mark.slow),
    ],
)
def test_one_that_cannot_be_opened_is_left_to_a_person(content: bytes):
    assert opened(content) == Parts(closed=["fw.msg", "winmail.dat"])
