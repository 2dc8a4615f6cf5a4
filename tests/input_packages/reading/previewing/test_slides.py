"""What is seen on slides is what their text says, slide by slide, and what is not seen is said."""

import pytest

from tests.input_packages.reading.office_files import relations
from tests.input_packages.reading.open_files import A, P, deck, run, shape, slide

STRUCK = "[Struck text stands between ~~ and ~~.]\n"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<a:tc><a:txBody><a:p>{run(c)}</a:p></a:txBody></a:tc>" for c in row) for row in rows)
    inside = "".join(f"<a:tr>{each}</a:tr>" for each in cells)
    return f'<p:graphicFrame><a:graphic><a:graphicData uri="{A}/table"><a:tbl>{inside}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>'  # noqa: E501 (one element)


CHART = f'<p:graphicFrame><a:graphic><a:graphicData uri="{A}/chart"/></a:graphic></p:graphicFrame>'
SEEN = {
    "a text": (slide(shape(run("a"))), "a"),
    "a text over two runs": (slide(shape(run("a") + run("b"))), "ab"),
    "two paragraphs": (slide(shape(run("a"), run("b"))), "a\nb"),
    "a line that is broken": (slide(shape(f"{run('a')}<a:br/>{run('b')}")), "a b"),
    "a field": (slide(shape("<a:fld><a:t>7</a:t></a:fld>")), "7"),
    "a table": (slide(table(("a", "b"), ("", "d"))), "a | b\n | d"),
    "a group": (slide(f"<p:grpSp>{shape(run('a'))}</p:grpSp>"), "a"),
    "what is struck": (slide(shape(run("a", 'strike="sngStrike"') + run("b"))), "~~a~~b"),
    "what is not struck after all": (slide(shape(run("a", 'strike="noStrike"'))), "a"),
    "what is struck over two runs": (slide(shape(run("a", 'strike="dblStrike"') * 2)), "~~aa~~"),
    "what older programs would see": (
        slide(f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x">{shape(run("a"))}</mc:Choice>'
              f'<mc:Fallback>{shape(run("old"))}</mc:Fallback></mc:AlternateContent>'), "a"),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "shown"), SEEN.values(), ids=SEEN)
def test_a_slide_is_read_as_it_is_seen(sent, shown, read):
    preview = read(deck(sent)).preview
    assert preview is not None
    assert preview.text == f"{STRUCK if '~~' in shown else ''}Slide 1\n{shown}"


def test_what_is_hidden_or_no_text_is_said(read):
    seen = slide(shape(run("a")), shape(run("b"), about='hidden="1"'), CHART, "<p:pic/>")
    preview = read(deck(seen, slide(shape(run("c")), attributes='show="0"'))).preview
    assert preview is not None
    assert preview.left_out == (
        "Left out: the hidden slide 2.",
        "Left out: 1 shape that is hidden.",
        "Left out: 2 pictures, charts or drawings.",
    )
    assert preview.text.splitlines()[3:] == ["Slide 1", "a"]


def test_slides_come_in_the_order_in_which_they_are_shown(read):
    preview = read(deck(*(slide(shape(run(f"number {n}"))) for n in range(12)))).preview
    assert preview is not None
    assert preview.text.splitlines()[1::2] == [f"number {n}" for n in range(12)]


def test_notes_comments_and_backgrounds_are_said_to_be_left_out(read):
    notes = f'<p:notes xmlns:p="{P}" xmlns:a="{A}">{shape(run("say this"))}{shape(run("7"))}</p:notes>'
    place = shape(run("Click to add a title"), kind='<p:ph type="title"/>')
    layout, master = (
        f'<p:{name} xmlns:p="{P}" xmlns:a="{A}">{inside}</p:{name}>'
        for name, inside in (("sldLayout", place), ("sldMaster", place + shape(run("Confidential"))))
    )
    around = (
        ("notesSlide", "../notes.xml", "Internal"),
        ("comments", "../comments.xml", "Internal"),
        ("slideLayout", "../layout.xml", "Internal"),
    )
    parts = {
        "ppt/notes.xml": notes.encode(),
        "ppt/comments.xml": b"<a/>",
        "ppt/layout.xml": layout.encode(),
        "ppt/master.xml": master.encode(),
        "ppt/_rels/layout.xml.rels": relations(("slideMaster", "master.xml", "Internal")),
    }
    preview = read(deck(slide(shape(run("a"))), around=around, parts=parts)).preview
    assert preview is not None
    assert preview.left_out == (
        "Left out: 1 page of comments.",
        "Left out: 1 page of notes for the speaker.",
        "Left out: 1 background with a text on it.",
    )
