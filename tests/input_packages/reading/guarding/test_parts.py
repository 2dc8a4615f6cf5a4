"""Slides: what a click on them may do, and what is inside them; the rest is as in other Office files."""

from collections.abc import Mapping

import pytest

from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind
from tests.input_packages.files import ENGLISH, OLE, excel, repacked
from tests.input_packages.reading.office_files import OOXML, PNG, relations, typed
from tests.input_packages.reading.open_files import deck, run, shape, slide

SAID = shape(run(ENGLISH))


def clicked(action: str, name: str = "hlinkClick", target: str = "") -> bytes:
    link = f'<a:{name} r:id="r1" action="{action}"/>'
    around = (("hyperlink", target, "External"),) if target else ()
    return deck(slide(shape(run(ENGLISH, inside=link))), around=around)


def holding(element: str) -> bytes:
    return deck(slide(SAID, element))


def around(kind: str, target: str, mode: str = "External", parts: Mapping[str, bytes] | None = None) -> bytes:
    return deck(slide(SAID), around=((kind, target, mode),), parts=parts)


def with_chart(book: bytes, relation: str = "package") -> bytes:
    made = around(
        "chart",
        "../charts/c.xml",
        "Internal",
        {
            "ppt/charts/c.xml": b"<c/>",
            "ppt/charts/_rels/c.xml.rels": relations((relation, "../embeddings/b.xlsx", "Internal")),
            "ppt/embeddings/b.xlsx": book,
        },
    )
    return typed(made, **{"ppt__charts__c.xml": f"{OOXML}.drawingml.chart+xml"})


HOSTILE = {
    "a click that starts a program": (clicked("ppaction://program"), Refusal.SCRIPTS),
    "a touch that starts a program": (clicked("ppaction://program", "hlinkHover"), Refusal.SCRIPTS),
    "a click that starts a macro": (clicked("ppaction://macro?name=Go"), Refusal.SCRIPTS),
    "a click on an object": (clicked("ppaction://ole?verb=0"), Refusal.SCRIPTS),
    "a click that nobody knows": (clicked("ppaction://fetch"), Refusal.SCRIPTS),
    "a click on a file": (clicked("ppaction://hlinkfile", target="file:///c:/x.exe"), Refusal.EXTERNAL),
    "a click on a machine": (clicked("", target="\\\\server\\x"), Refusal.EXTERNAL),
    "an object": (holding("<p:oleObj/>"), Refusal.EMBEDDED),
    "a control": (holding("<p:control/>"), Refusal.EMBEDDED),
    "a command": (holding('<p:cmd type="verb" cmd="0"/>'), Refusal.SCRIPTS),
    "a film elsewhere": (around("video", "https://x.example/f.mp4"), Refusal.EXTERNAL),
    "a film": (around("video", "../media/f.mp4", "Internal"), Refusal.EMBEDDED),
    "a sound": (around("audio", "../media/a.wav", "Internal"), Refusal.EMBEDDED),
    "slides elsewhere": (around("slide", "file:///c:/x.pptx"), Refusal.EXTERNAL),
    "a picture elsewhere": (around("image", "http://x.example/p.png"), Refusal.EXTERNAL),
    "a program as a picture": (
        around("image", "../media/a.png", "Internal", {"ppt/media/a.png": b"MZ\x90\x00"}),
        Refusal.EMBEDDED,
    ),
    "macros": (repacked(deck(slide(SAID)), {"ppt/vbaProject.bin": OLE}), Refusal.MACROS),
    "a chart with macros": (with_chart(repacked(excel(), {"xl/vbaProject.bin": OLE})), Refusal.MACROS),
    "an object instead of numbers": (with_chart(excel(), "oleObject"), Refusal.EMBEDDED),
    "slides that run by themselves": (
        repacked(
            deck(slide(SAID)),
            {
                "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
                b'content-types"><Override PartName="/ppt/presentation.xml" ContentType="application/'
                b'vnd.ms-powerpoint.slideshow.macroEnabled.main+xml"/></Types>'
            },
        ),
        Refusal.MACROS,
    ),
}


@pytest.mark.parametrize(("content", "refusal"), HOSTILE.values(), ids=HOSTILE)
def test_slides_that_act_are_refused(content, refusal, read):
    found = read(content)
    assert (found.refusals[0], found.preview) == (refusal, None)


TYPEFACE = {"ppt/fonts/f.fntdata": bytes(range(1, 99))}
SOUND = {
    "a text": deck(slide(SAID)),
    "a click on the next slide": clicked("ppaction://hlinkshowjump?jump=nextslide"),
    "a click on another slide": clicked("ppaction://hlinksldjump"),
    "a click that does nothing": clicked("ppaction://noaction"),
    "a click on the web": clicked("", target="https://www.un.org/"),
    "a click on a document beside it": clicked("ppaction://hlinkfile", target="Annex.docx"),
    "a chart": with_chart(excel()),
    "a picture": around("image", "../media/a.png", "Internal", {"ppt/media/a.png": PNG}),
    "a typeface": typed(
        deck(slide(SAID), parts=TYPEFACE), **{"ppt__fonts__f.fntdata": "application/x-fontdata"}
    ),
}


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_slides_that_only_show_something_are_taken(content, read):
    found = read(content)
    assert (found.kind, found.refusals) == (Kind.POWERPOINT, ())
    assert found.preview is not None
    assert found.preview.text == f"Slide 1\n{ENGLISH}"
