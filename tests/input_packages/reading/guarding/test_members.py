"""The members of an Office file by their bytes, and an archive by its shape."""

from io import BytesIO
from struct import pack, unpack
from zipfile import ZipFile

import pytest

from input_packages.reading.refusals import Refusal
from tests.input_packages.files import ENGLISH, OLE, excel, pdf, repacked, word, zipped
from tests.input_packages.reading.office_files import DOCUMENT, PNG, R, W, document, paragraph, text, typed

WORD = document(paragraph(text(ENGLISH)))
MEDIA = "word/media/image1.png"
SVG = "http://www.w3.org/2000/svg"


def holding(content: bytes, name: str = MEDIA) -> bytes:
    return repacked(WORD, {name: content})


def drawn(inside: str, attributes: str = "") -> bytes:
    return holding(
        f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'.encode()
    )


def moved(archive: bytes, by: int) -> bytes:
    """An archive whose members stand further behind, and whose directory knows it."""
    content = bytearray(archive)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 42 : at + 46] = pack("<L", unpack("<L", content[at + 42 : at + 46])[0] + by)
        at = content.find(b"PK\x01\x02", at + 4)
    end = content.rfind(b"PK\x05\x06")
    content[end + 16 : end + 20] = pack("<L", unpack("<L", content[end + 16 : end + 20])[0] + by)
    return bytes(content)


def in_front(before: bytes) -> bytes:
    return before + moved(WORD, len(before))


PRINTER = "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
LOCAL = b"PK\x03\x04" + bytes(26)
DEEP = document("<w:sdt>" * 300 + "</w:sdt>" * 300)
DOCTYPE = '<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'
HOSTILE = {
    "a program": (holding(b"MZ\x90\x00" + bytes(60)), Refusal.EMBEDDED),
    "a program of another system": (holding(b"\x7fELF" + bytes(60)), Refusal.EMBEDDED),
    "a program said to be of a printer": (
        typed(holding(b"MZ\x90\x00" + bytes(60), "word/p1.bin"), **{"word__p1.bin": PRINTER}),
        Refusal.EMBEDDED,
    ),
    "a script": (holding(b"var x = new ActiveXObject('WScript.Shell')"), Refusal.EMBEDDED),
    "a shell script": (holding(b"#!/bin/sh\n"), Refusal.EMBEDDED),
    "an old object": (holding(OLE), Refusal.EMBEDDED),
    "a PDF": (holding(pdf()), Refusal.EMBEDDED),
    "an archive": (holding(zipped({"a.txt": b"a"})), Refusal.EMBEDDED),
    "a document": (holding(word(), "word/embeddings/a.docx"), Refusal.EMBEDDED),
    "a workbook that no chart draws on": (holding(excel(), "word/embeddings/a.xlsx"), Refusal.EMBEDDED),
    "a shortcut": (holding(b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60)), Refusal.EMBEDDED),
    "rich text": (holding(b"{\\rtf1 x}"), Refusal.EMBEDDED),
    "bytes that mean nothing": (holding(bytes(range(1, 200))), Refusal.EMBEDDED),
    "a page that is no XML": (holding(b"<html><p>a<p>b</html>"), Refusal.DAMAGED),
    "a drawing with a script": (drawn("<script>alert(1)</script>"), Refusal.SCRIPTS),
    "a drawing that acts": (drawn("", "onload='alert(1)'"), Refusal.SCRIPTS),
    "a drawing with a page in it": (drawn("<foreignObject/>"), Refusal.SCRIPTS),
    "a drawing that fetches": (drawn('<image href="http://x.example/p.png"/>'), Refusal.EXTERNAL),
    "an old drawing that fetches": (
        holding(
            b'<v:fill xmlns:v="urn:schemas-microsoft-com:vml" src="http://x.example/p.png"/>', "word/vml1.vml"
        ),
        Refusal.EXTERNAL,
    ),
    "elements without end in one another": (DEEP, Refusal.TOO_HEAVY),
    "a DOCTYPE in UTF-16": (holding(DOCTYPE.encode("utf-16"), "word/x.xml"), Refusal.DOCTYPE),
    "a DOCTYPE in a picture": (holding(DOCTYPE.encode()), Refusal.DOCTYPE),
    "an encoding that Office never writes": (
        holding(b'<?xml version="1.0" encoding="utf-7"?><x/>', "word/x.xml"),
        Refusal.DAMAGED,
    ),
    "XML that has no end": (holding(b"<x><y>", "word/x.xml"), Refusal.DAMAGED),
    "something before the archive": (in_front(LOCAL + b"#" * 100), Refusal.TWO_KINDS),
    "another archive before it": (in_front(zipped({"a.txt": b"a" * 9})), Refusal.TWO_KINDS),
}


@pytest.mark.parametrize(("content", "refusal"), HOSTILE.values(), ids=HOSTILE)
def test_a_member_is_judged_by_its_bytes_and_not_by_its_name(content, refusal, read):
    found = read(content)
    assert (found.refusals[0], found.preview) == (refusal, None)


def test_bytes_between_two_members_are_refused(read):
    content = bytearray(WORD)
    second = content.find(b"PK\x03\x04", 4)
    at = content.find(b"PK\x01\x02")
    gap = b"#" * 100
    while at >= 0:
        offset = unpack("<L", content[at + 42 : at + 46])[0]
        if offset >= second:
            content[at + 42 : at + 46] = pack("<L", offset + len(gap))
        at = content.find(b"PK\x01\x02", at + 4)
    end = content.rfind(b"PK\x05\x06")
    content[end + 16 : end + 20] = pack("<L", unpack("<L", content[end + 16 : end + 20])[0] + len(gap))
    assert read(bytes(content[:second] + gap + content[second:])).refusals == (Refusal.TWO_KINDS,)


FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
SOUND = {
    "a PNG": holding(PNG),
    "a JPEG": holding(b"\xff\xd8\xff\xe0" + bytes(20)),
    "a GIF": holding(b"GIF89a" + bytes(20)),
    "a TIFF": holding(b"II*\x00" + bytes(20)),
    "a bitmap": holding(b"BM\x3c\x00\x00\x00" + bytes(20)),
    "a metafile": holding(b"\xd7\xcd\xc6\x9a" + bytes(20), "word/media/image1.wmf"),
    "a newer metafile": holding(
        b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(9), "word/media/image1.emf"
    ),
    "a WebP": holding(b"RIFF\x10\x00\x00\x00WEBPVP8 "),
    "a drawing": drawn(
        '<a href="https://www.un.org/"><image href="data:image/png;base64,AA"/></a><use href="#a"/>'
    ),
    "a typeface": typed(holding(bytes(range(7, 77)), "word/fonts/f.odttf"), **{"word__fonts__f.odttf": FONT}),
    "what a printer is told": typed(holding(b"H\x00P\x00" * 9, "word/p1.bin"), **{"word__p1.bin": PRINTER}),
    "an empty member": holding(b"", "word/media/"),
    "data with a mark": holding(b"\xef\xbb\xbf\r\n<data/>", "customXml/item1.xml"),
    "an old drawing with open line breaks": typed(
        holding(b"<xml><p>a<br>b</p></xml>", "word/d.vml"),
        **{"word__d.vml": "application/vnd.openxmlformats-officedocument.vmlDrawing"},
    ),
    "an odd date of its making": holding(
        b"<coreProperties><created>31 May</created></coreProperties>", "docProps/core.xml"
    ),
    "text in UTF-16": repacked(
        WORD,
        {
            DOCUMENT: (
                f'<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
                f"{paragraph(text(ENGLISH))}</w:body></w:document>"
            ).encode("utf-16")
        },
    ),
}


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_pictures_typefaces_and_data_are_no_fault(content, read):
    found = read(content)
    assert found.refusals == ()
    assert found.preview is not None
    assert found.preview.text == ENGLISH


def test_an_archive_written_as_a_stream_is_sound(read):
    class Stream(BytesIO):
        def seekable(self) -> bool:
            return False

    written = Stream()
    with ZipFile(BytesIO(WORD)) as archive, ZipFile(written, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name))
    assert read(written.getvalue()).refusals == ()
