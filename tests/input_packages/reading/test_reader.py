"""Every kind of file that comes, each with its own outcome. Nothing in any of them is run."""

import os
import struct
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pytest

from input_packages.reading.limits import MEGABYTE, Limits
from input_packages.reading.reader import Reader, Reading
from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind
from tests.input_packages.files import (
    ARABIC,
    CHINESE,
    ENGLISH,
    OLE,
    excel,
    pdf,
    pdf_with,
    related,
    repacked,
    replaced,
    saved,
    word,
    zipped,
)

NAME, DICTIONARY, STRING = pikepdf.Name, pikepdf.Dictionary, pikepdf.String


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        (word(ENGLISH), Kind.WORD, f"Contribution\n{ENGLISH}\nPriority | High"),
        (word(ARABIC, heading="إسهام"), Kind.WORD, f"إسهام\n{ARABIC}\nPriority | High"),
        (excel(), Kind.EXCEL, f"Sheet\nGroup | Members\n{CHINESE} | 12"),
        (pdf("First page", "Second page"), Kind.PDF, "First page\nSecond page"),
        (f"{CHINESE}\r\n{ENGLISH}".encode(), Kind.TEXT, f"{CHINESE}\n{ENGLISH}"),
        (ARABIC.encode("utf-16"), Kind.TEXT, ARABIC),
        (ARABIC.encode("cp1256"), Kind.TEXT, ARABIC),
        (ARABIC.encode("iso8859_6"), Kind.TEXT, ARABIC),
    ],
)
def test_an_ordinary_file_is_known_by_its_content_and_can_be_read(content, kind, text, read):
    found = read(content, "no ending at all")
    assert (found.kind, found.refusals) == (kind, ())
    assert found.preview is not None
    assert found.preview.text == text
    assert (found.sha256, found.size) == (sha256(content).hexdigest(), len(content))


DOCUMENT = "word/document.xml"
PLAIN_TYPE = "openxmlformats-officedocument.wordprocessingml.document.main"
MACRO_TYPE = "ms-word.document.macroEnabled.main"
FIELD = "<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\x.exe</w:instrText><w:t>"
HUGE = b"<w:t>" + bytes(40 * MEGABYTE) + b"</w:t>"
BAD = {
    "an empty file": (b"", Refusal.EMPTY),
    "a program named as a document": (b"MZ\x90\x00" + bytes(200), Refusal.PROGRAM),
    "a program of another system": (b"\x7fELF" + bytes(200), Refusal.PROGRAM),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", Refusal.PROGRAM),
    "an old Word file": (OLE, Refusal.OLD_OFFICE),
    "a Word file with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), Refusal.OTHER_KIND),
    "rich text": (b"{\\rtf1 hello}", Refusal.OTHER_KIND),
    "bytes that mean nothing": (bytes(range(256)) * 4, Refusal.OTHER_KIND),
    "a web page": (b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>", Refusal.WEB_PAGE),
    "a picture with scripts": (b"<svg onload='alert(1)'/>", Refusal.WEB_PAGE),
    "an ordinary archive": (zipped({"a.txt": b"a"}), Refusal.OTHER_KIND),
    "a PDF that is an archive too": (pdf() + zipped({"a.txt": b"a"}), Refusal.TWO_KINDS),
    "a Word file with a PDF in front": (b"%PDF-1.7\n" + word(), Refusal.TWO_KINDS),
    "a Word file with something behind": (word() + b"MZ\x90", Refusal.TWO_KINDS),
    "half a Word file": (word()[:9000], Refusal.DAMAGED),
    "half a PDF": (b"%PDF-1.7\n1 0 obj", Refusal.DAMAGED),
    "a Word file with macros": (repacked(word(), {"word/vbaProject.bin": OLE}), Refusal.MACROS),
    "a macro file under another name": (
        replaced(word(), "[Content_Types].xml", PLAIN_TYPE, MACRO_TYPE),
        Refusal.MACROS,
    ),
    "an Excel file with old macros": (
        repacked(excel(), {"xl/macrosheets/sheet1.xml": b"<a/>"}),
        Refusal.MACROS,
    ),
    "a Word file with a file inside": (
        repacked(word(), {"word/embeddings/oleObject1.bin": OLE}),
        Refusal.EMBEDDED,
    ),
    "a Word file with a web page inside": (
        related(word(), "aFChunk", "page.html", "Internal"),
        Refusal.EMBEDDED,
    ),
    "a Word file with a template elsewhere": (
        related(word(), "attachedTemplate", "http://x.example/t.dotm"),
        Refusal.EXTERNAL,
    ),
    "a Word file with a picture elsewhere": (
        related(word(), "image", "http://x.example/pixel.png"),
        Refusal.EXTERNAL,
    ),
    "a link to a file": (related(word(), "hyperlink", "file:///etc/passwd"), Refusal.EXTERNAL),
    "a link that is a script": (related(word(), "hyperlink", "javascript:alert(1)"), Refusal.EXTERNAL),
    "an Excel file that draws on another": (
        repacked(excel(), {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        Refusal.EXTERNAL,
    ),
    "a field that starts a program": (
        replaced(
            word(),
            DOCUMENT,
            "<w:t>",
            "<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\\\x.exe</w:instrText><w:t>",
        ),
        Refusal.EXTERNAL,
    ),
    "an entity that reads a file": (
        replaced(
            word(),
            DOCUMENT,
            "<w:document",
            '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><w:document',
        ),
        Refusal.DOCTYPE,
    ),
    "a part that leads outside": (repacked(word(), {"../../evil.txt": b"x"}), Refusal.TRICKY_NAMES),
    "a part with a drive": (repacked(word(), {"C:\\evil.txt": b"x"}), Refusal.TRICKY_NAMES),
    "a part that comes twice": (repacked(word(), {"WORD/document.xml": b"<a/>"}), Refusal.TRICKY_NAMES),
    "a bomb": (repacked(word(), {DOCUMENT: HUGE}), Refusal.BOMB),
    "a bomb of many parts": (zipped({f"word/{n}.xml": b"" for n in range(2001)}), Refusal.BOMB),
    "a PDF with a script": (
        pdf_with({"/OpenAction": DICTIONARY(S=NAME.JavaScript, JS=STRING("app.alert(1)"))}),
        Refusal.SCRIPTS,
    ),
    "a PDF that starts a program": (
        pdf_with({"/AA": DICTIONARY(WC=DICTIONARY(S=NAME.Launch, F=STRING("calc.exe")))}),
        Refusal.SCRIPTS,
    ),
    "a script hidden in an object stream": (
        pdf_with({"/X": DICTIONARY(S=NAME.JavaScript)}, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        Refusal.SCRIPTS,
    ),
    "a PDF with a form that runs": (pdf_with({"/AcroForm": DICTIONARY(XFA=STRING("x"))}), Refusal.SCRIPTS),
    "a PDF with a file inside": (
        pdf_with({"/Names": DICTIONARY(EmbeddedFiles=DICTIONARY(Names=[STRING("a"), DICTIONARY()]))}),
        Refusal.EMBEDDED,
    ),
    "a PDF that sends what is typed": (pdf_with({"/X": DICTIONARY(S=NAME.SubmitForm)}), Refusal.EXTERNAL),
    "a PDF with a password": (
        pdf_with(encryption=pikepdf.Encryption(owner="o", user="u"), static_id=False),
        Refusal.ENCRYPTED,
    ),
    "a PDF without a page": (saved(pikepdf.new()), Refusal.DAMAGED),
}


@pytest.mark.parametrize(("content", "refusal"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_for_what_it_is(content, refusal, read):
    found = read(content, "contribution.docx")
    assert found.refusals[0] is refusal
    assert found.preview is None


def test_what_is_no_file_is_neither_read_nor_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with Reader() as reader:
        for each in (Path("/dev/zero"), tmp_path / "pipe", tmp_path):
            with pytest.raises(OSError, match="no plain file"):
                reader.read(each)


def test_a_file_can_be_refused_for_several_things(read):
    both = repacked(related(word(), "frame", "http://x.example"), {"word/vbaProject.bin": OLE})
    assert set(read(both).refusals) == {Refusal.MACROS, Refusal.EXTERNAL}


def test_an_ordinary_link_in_a_document_is_no_fault(read):
    assert read(related(word(), "hyperlink", "https://migrationnetwork.un.org/")).refusals == ()


def test_a_word_that_happens_to_be_the_name_of_a_field_is_no_fault(read):
    assert read(word("The acronym DDE stands for a directorate.")).refusals == ()


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path, reader):
    file = tmp_path / "large.pdf"
    with file.open("wb") as stream:
        stream.truncate(2 * 1024 * MEGABYTE)
    assert reader.read(file) == Reading(None, 2 * 1024 * MEGABYTE, None, (Refusal.TOO_LARGE,))


def test_a_size_that_the_archive_lies_about_is_counted_while_it_unpacks(read):
    bomb = bytearray(repacked(word(), {"word/styles.xml": bytes(40 * MEGABYTE)}))
    for signature, field in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bomb.rfind(signature, 0, bomb.rfind(b"word/styles.xml") if field == 24 else None)
        at = at if field == 24 else bomb.find(b"word/styles.xml") - 30
        struct.pack_into("<L", bomb, at + field, 10)
    assert read(bytes(bomb)).refusals[0] in {Refusal.BOMB, Refusal.DAMAGED}


def test_an_encrypted_part_is_said_to_be_encrypted(read):
    content = bytearray(word())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert read(bytes(content)).refusals == (Refusal.ENCRYPTED,)


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path):
    file, good = tmp_path / "heavy.xlsx", tmp_path / "good.txt"
    file.write_bytes(excel(*[tuple(range(50))] * 1900))
    good.write_text(ENGLISH)
    with Reader(Limits(seconds=0)) as reader:
        assert reader.read(file).refusals == (Refusal.TOO_HEAVY,)
    with Reader(Limits(memory=120 * MEGABYTE)) as reader:
        file.write_bytes(_wide_text())
        assert reader.read(file).refusals == (Refusal.TOO_HEAVY,)
        assert reader.read(good).refusals == ()


def _wide_text() -> bytes:
    """A text that needs several times its size in memory to be decoded."""
    return ("é" * 11 * MEGABYTE).encode()


def test_a_text_too_long_to_preview_is_cut_and_says_so(tmp_path):
    file = tmp_path / "long.txt"
    file.write_text("a" * 500_000)
    with Reader() as reader:
        found = reader.read(file)
    assert found.preview is not None
    assert (len(found.preview.text), found.preview.cut) == (400_000, True)


def test_what_a_document_deleted_with_changes_tracked_is_not_shown(read):
    tracked = replaced(
        word("kept"), DOCUMENT, "<w:t>kept</w:t></w:r>",
        "<w:t>kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> and added</w:t></w:r></w:ins>",
    )  # fmt: skip
    preview = read(tracked).preview
    assert preview is not None
    assert "kept and added" in preview.text
    assert "gone" not in preview.text


def test_the_preview_of_a_document_has_neither_scripts_nor_pictures(read):
    preview = read(word("<script>alert(1)</script>")).preview
    assert preview is not None
    assert preview.html is not None
    assert "&lt;script&gt;" in preview.html
    assert "<script" not in preview.html
    assert "<img" not in preview.html


def test_the_process_that_opens_files_knows_none_of_our_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("MANDATES_CHANNELS_EMAIL", "rmail://user:secret@host")
    file = tmp_path / "a.txt"
    file.write_text("a")
    with Reader() as reader:
        reader.read(file)
        assert reader._child is not None
        given = Path(f"/proc/{reader._child.pid}/environ").read_bytes()
    assert b"secret" not in given


def test_a_file_that_is_not_there_is_the_callers_matter(tmp_path, reader):
    with pytest.raises(FileNotFoundError):
        reader.read(tmp_path / "nowhere.pdf")


def test_a_stored_archive_is_read_like_any_other(read):
    written = BytesIO()
    with ZipFile(BytesIO(word())) as archive, ZipFile(written, "w", ZIP_STORED) as stored:
        for name in archive.namelist():
            stored.writestr(name, archive.read(name))
    assert read(written.getvalue()).refusals == ()
