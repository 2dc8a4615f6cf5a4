"""What was filled into a form is read with the text of its pages, and pages without a text are named."""

from io import BytesIO

import pikepdf
import pytest

from tests.input_packages.files import pdf, saved

NAME, DICTIONARY, STRING, ARRAY = pikepdf.Name, pikepdf.Dictionary, pikepdf.String, pikepdf.Array
PUSH = 1 << 16


def field(kind: str, name: str, **more: object) -> pikepdf.Dictionary:
    return DICTIONARY({"/FT": NAME(f"/{kind}"), "/T": STRING(name), **{f"/{k}": v for k, v in more.items()}})


def form(*fields: pikepdf.Object) -> bytes:
    with pikepdf.open(BytesIO(pdf("Views"))) as made:
        made.Root.AcroForm = DICTIONARY(Fields=ARRAY([made.make_indirect(each) for each in fields]))
        return saved(made)


GROUP = DICTIONARY(
    T=STRING("office"), FT=NAME("/Tx"), Kids=ARRAY([DICTIONARY(T=STRING("name"), V=STRING("Geneva"))])
)
INHERITED = DICTIONARY(
    T=STRING("a"), FT=NAME("/Btn"), V=NAME("/Yes"), Kids=ARRAY([DICTIONARY(Rect=ARRAY([0, 0, 1, 1]))])
)
DRAWN = ARRAY([DICTIONARY(AS=NAME("/Off")), DICTIONARY(AS=NAME("/Yes"))])
MONTHS = ARRAY([ARRAY([STRING("1"), STRING("May")]), STRING("June")])
FILLED = {
    "a text": (form(field("Tx", "name", V=STRING("Amal"))), "name: Amal"),
    "a text in Arabic": (form(field("Tx", "name", V=STRING("أمل"))), "name: أمل"),
    "a text with a title": (
        form(field("Tx", "f1", TU=STRING("Your name"), V=STRING("Amal"))),
        "Your name: Amal",
    ),
    "nothing": (form(field("Tx", "name")), ""),
    "a box that is ticked": (form(field("Btn", "agree", V=NAME("/Yes"))), "agree: ☒"),
    "a box that is not": (form(field("Btn", "agree", V=NAME("/Off"))), "agree: ☐"),
    "a box that nobody touched": (form(field("Btn", "agree")), "agree: ☐"),
    "one of several": (form(field("Btn", "when", V=NAME("/May"))), "when: ☒ May"),
    "a button": (form(field("Btn", "send", Ff=PUSH)), ""),
    "a choice": (form(field("Ch", "when", V=STRING("May"))), "when: May"),
    "several choices": (
        form(field("Ch", "when", V=ARRAY([STRING("May"), STRING("June")]))),
        "when: May, June",
    ),
    "a field of a group": (form(GROUP), "office.name: Geneva"),
    "a value above its box": (form(INHERITED), "a: ☒"),
    "two fields": (form(field("Tx", "a", V=STRING("1")), field("Tx", "b", V=STRING("2"))), "a: 1\nb: 2"),
    "a box that is only drawn ticked": (form(field("Btn", "agree", AS=NAME("/Yes"))), "agree: ☒"),
    "a box that is only drawn ticked below": (form(field("Btn", "agree", Kids=DRAWN)), "agree: ☒"),
    "a box that is drawn unticked": (form(field("Btn", "agree", AS=NAME("/Off"))), "agree: ☐"),
    "a choice by the word that is seen": (form(field("Ch", "when", V=STRING("1"), Opt=MONTHS)), "when: May"),
    "a choice that is not on the list": (form(field("Ch", "when", V=STRING("9"), Opt=MONTHS)), "when: 9"),
    "a form without fields": (form(), ""),
}


@pytest.mark.parametrize(("content", "filled"), FILLED.values(), ids=FILLED)
def test_what_was_filled_into_a_form_stands_behind_the_text(content, filled, read):
    found = read(content)
    assert found.refusals == ()
    assert found.preview is not None
    assert found.preview.text == f"Views\n{filled}".rstrip("\n")


def test_fields_in_one_another_without_end_end_nevertheless(read):
    with pikepdf.open(BytesIO(pdf("Views"))) as made:
        turning = made.make_indirect(field("Tx", "a"))
        turning.Kids = ARRAY([turning])
        made.Root.AcroForm = DICTIONARY(Fields=ARRAY([turning]))
        content = saved(made)
    preview = read(content).preview
    assert preview is not None
    assert preview.text == "Views"


def test_pages_without_a_text_and_notes_are_said(read):
    with pikepdf.open(BytesIO(pdf("Views", "", "End"))) as made:
        note = DICTIONARY(Subtype=NAME.Text, Rect=ARRAY([0, 0, 9, 9]), Contents=STRING("no"))
        made.pages[0].Annots = ARRAY([note, DICTIONARY(Subtype=NAME.Link, Rect=ARRAY([0, 0, 9, 9]))])
        content = saved(made)
    preview = read(content).preview
    assert preview is not None
    assert preview.left_out == (
        "No text can be read on page 2: empty, or a picture.",
        "Left out: 1 note or mark on the pages.",
    )
    assert (preview.pages, preview.text.splitlines()[0]) == (3, f"[{preview.left_out[0]}]")
