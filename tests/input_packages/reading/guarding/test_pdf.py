"""PDF files with what acts, holds files or fetches, in every place where a reader of PDFs looks for it."""

from io import BytesIO

import pikepdf
import pytest

from input_packages.reading.refusals import Refusal
from tests.input_packages.files import ENGLISH, pdf, pdf_with, saved

NAME, DICTIONARY, STRING, ARRAY = pikepdf.Name, pikepdf.Dictionary, pikepdf.String, pikepdf.Array


def action(kind: str, **more: object) -> pikepdf.Dictionary:
    return DICTIONARY({"/S": NAME(f"/{kind}"), **{f"/{key}": value for key, value in more.items()}})


def opened(kind: str, **more: object) -> bytes:
    """A PDF that does something when it is opened."""
    return pdf_with({"/OpenAction": action(kind, **more)})


def annotated(subtype: str, **more: object) -> bytes:
    """A PDF with an annotation on its page."""
    with pikepdf.open(BytesIO(pdf())) as made:
        note = DICTIONARY({"/Subtype": NAME(f"/{subtype}"), "/Rect": ARRAY([0, 0, 9, 9])})
        for key, value in more.items():
            note[f"/{key}"] = value
        made.pages[0].Annots = ARRAY([note])
        return saved(made)


def streaming(**more: object) -> bytes:
    """A PDF with a stream that nothing uses, whose dictionary holds something more."""
    with pikepdf.open(BytesIO(pdf())) as made:
        stream = made.make_stream(b"x")
        for key, value in more.items():
            stream[f"/{key}"] = value
        made.Root.Kept = stream
        return saved(made)


def in_trailer() -> bytes:
    """A PDF whose trailer itself acts; its writer would drop that, so it is written by hand."""
    content = pdf_with(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    acting = b"trailer << /AA << /O << /S /JavaScript /JS (x) >> >>"
    assert content.count(b"trailer <<") == 1
    return content.replace(b"trailer <<", acting)


def nested(levels: int) -> pikepdf.Object:
    inner: pikepdf.Object = action("JavaScript")
    for _ in range(levels):
        inner = ARRAY([inner])
    return inner


def deeper_than_is_read(levels: int) -> bytes:
    """A PDF written by hand: its library reads nothing of an object that is deeper than it looks."""
    following = b"<</S/Named/N/NextPage/Next " * levels + b"<</S/JavaScript/JS(x)>>" + b">>" * levels
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
        following,
    )
    written, places = b"%PDF-1.7\n", b""
    for number, each in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 5\n0000000000 65535 f \n" + places
    return written + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(written)


def names(**more: object) -> pikepdf.Dictionary:
    return DICTIONARY({f"/{key}": value for key, value in more.items()})


FILED = names(Names=ARRAY([STRING("a"), DICTIONARY()]))
HOSTILE = {
    "an action of the trailer": (in_trailer(), Refusal.SCRIPTS),
    "an action below many levels": (pdf_with({"/X": nested(60)}), Refusal.SCRIPTS),
    "an action below too many levels": (pdf_with({"/X": nested(100)}), Refusal.TOO_HEAVY),
    "an action deeper than the library looks": (deeper_than_is_read(600), Refusal.TOO_HEAVY),
    "an action far deeper": (deeper_than_is_read(5000), Refusal.TOO_HEAVY),
    "an action behind another": (
        opened("GoTo", D=STRING("a"), Next=ARRAY([action("Launch", F=STRING("x"))])),
        Refusal.SCRIPTS,
    ),
    "an action of a page": (pdf_with({"/Pages2": names(AA=names(O=action("JavaScript")))}), Refusal.SCRIPTS),
    "a thread elsewhere": (opened("Thread", F=STRING("x.pdf")), Refusal.EXTERNAL),
    "a document elsewhere": (opened("GoToR", F=STRING("x.pdf")), Refusal.EXTERNAL),
    "a document inside": (opened("GoToE"), Refusal.EMBEDDED),
    "data from elsewhere": (opened("ImportData", F=STRING("x")), Refusal.EXTERNAL),
    "a film": (opened("Rendition"), Refusal.SCRIPTS),
    "a sound": (opened("Sound"), Refusal.SCRIPTS),
    "a view in space": (opened("GoTo3DView"), Refusal.EMBEDDED),
    "an action nobody knows": (opened("Fetch"), Refusal.SCRIPTS),
    "a command nobody knows": (opened("Named", N=NAME("/SaveAs")), Refusal.SCRIPTS),
    "an annotation with an unknown action": (annotated("Link", A=action("Fetch")), Refusal.SCRIPTS),
    "a link that is a script": (
        annotated("Link", A=action("URI", URI=STRING("javascript:x"))),
        Refusal.EXTERNAL,
    ),
    "a link to a file": (
        annotated("Link", A=action("URI", URI=STRING("file:///c:/x.exe"))),
        Refusal.EXTERNAL,
    ),
    "a link to a machine": (
        annotated("Link", A=action("URI", URI=STRING("\\\\server\\x"))),
        Refusal.EXTERNAL,
    ),
    "links that start at a machine": (
        pdf_with({"/URI": DICTIONARY(Base=STRING("file://server/"))}),
        Refusal.EXTERNAL,
    ),
    "a model in space": (annotated("3D"), Refusal.EMBEDDED),
    "a model in space by its data": (annotated("Text", **{"3DD": DICTIONARY()}), Refusal.EMBEDDED),
    "rich media": (annotated("RichMedia"), Refusal.EMBEDDED),
    "a file on a page": (annotated("FileAttachment"), Refusal.EMBEDDED),
    "a screen": (annotated("Screen"), Refusal.EMBEDDED),
    "an annotation nobody knows": (annotated("Fetch"), Refusal.EMBEDDED),
    "a stream elsewhere": (streaming(F=STRING("http://x.example/")), Refusal.EXTERNAL),
    "a stream elsewhere by its filter": (streaming(FFilter=NAME.FlateDecode), Refusal.EXTERNAL),
    "a picture elsewhere": (streaming(OPI=DICTIONARY()), Refusal.EXTERNAL),
    "a file inside": (pdf_with({"/Names": names(EmbeddedFiles=FILED)}), Refusal.EMBEDDED),
    "a file inside a branch": (
        pdf_with({"/Names": names(EmbeddedFiles=names(Kids=ARRAY([names(Kids=ARRAY([FILED]))])))}),
        Refusal.EMBEDDED,
    ),
    "a file of its own": (pdf_with({"/AF": names(EF=DICTIONARY())}), Refusal.EMBEDDED),
    "scripts that are named": (pdf_with({"/Names": names(JavaScript=FILED)}), Refusal.SCRIPTS),
    "files that are no tree": (pdf_with({"/Names": names(EmbeddedFiles=STRING("x"))}), Refusal.EMBEDDED),
    "a password": (
        pdf_with(encryption=pikepdf.Encryption(owner="o", user="u"), static_id=False),
        Refusal.ENCRYPTED,
    ),
}


@pytest.mark.parametrize(("content", "refusal"), HOSTILE.values(), ids=HOSTILE)
def test_a_pdf_that_acts_or_holds_files_is_refused(content, refusal, read):
    found = read(content)
    assert (set(found.refusals), found.preview) == ({refusal}, None)


def locked(**how: object) -> bytes:
    allowed = pikepdf.Permissions(extract=False, print_highres=False)
    return pdf_with(encryption=pikepdf.Encryption(owner="o", user="", allow=allowed, **how), static_id=False)  # type: ignore[arg-type]  # by name


SOUND = {
    "scripts that are none": pdf_with({"/Names": names(JavaScript=names(Names=ARRAY()))}),
    "files that are none": pdf_with({"/Names": names(EmbeddedFiles=names(Names=ARRAY()))}),
    "files that are not even named": pdf_with({"/Names": names(EmbeddedFiles=DICTIONARY())}),
    "branches without files": pdf_with({"/Names": names(EmbeddedFiles=names(Kids=ARRAY([DICTIONARY()])))}),
    "an owner who forbids to copy": locked(),
    "an owner who forbids to copy the old way": locked(R=3, aes=False, metadata=False),
    "a page to open at": pdf_with({"/OpenAction": ARRAY([0, NAME("/Fit")])}),
    "a place to go to": opened("GoTo", D=STRING("a")),
    "a page to turn to": opened("Named", N=NAME("/NextPage")),
    "a link to the web": annotated("Link", A=action("URI", URI=STRING("https://www.un.org/"))),
    "a link to a mail": annotated("Link", A=action("URI", URI=STRING("mailto:a@example.org"))),
    "a link without a protocol": annotated("Link", A=action("URI", URI=STRING("www.un.org"))),
    "structure": pdf_with({"/Kept": DICTIONARY(S=NAME("/Sect"), A=DICTIONARY(O=NAME("/Layout")))}),
    "a border": annotated("Link", BS=DICTIONARY(S=NAME("/D"), W=1)),
    "a group": streaming(Group=DICTIONARY(S=NAME("/Transparency"))),
    "an outline": pdf_with({"/Kept": DICTIONARY(Title=STRING("a"), Next=DICTIONARY(Title=STRING("b")))}),
    "a mark in front": b"\xef\xbb\xbf" + pdf(),
    "a line in front": b"\r\n" + pdf(),
    "a mark and lines in front": b"\xef\xbb\xbf\n\n  " + pdf(),
    "a line behind": pdf() + b"\n\n",
    "many levels of nothing": pdf_with({"/Kept": ARRAY([ARRAY([ARRAY([ARRAY([])])])])}),
}


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_a_pdf_that_only_shows_something_is_taken(content, read):
    found = read(content)
    assert found.refusals == ()
    assert found.preview is not None
    assert (found.preview.text, found.preview.pages) == (ENGLISH, 1)
