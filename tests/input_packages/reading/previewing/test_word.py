"""What is seen in a Word document is what its text says: boxes, struck and hidden text, what is left out."""

import pytest

from tests.input_packages.files import repacked
from tests.input_packages.reading.office_files import (
    DOCUMENT,
    PNG,
    W_STRICT,
    W,
    document,
    field,
    paragraph,
    related_to,
    text,
)

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def control(value: str, shown: str) -> str:
    box = f"<w14:checkbox xmlns:w14='{W14}'><w14:checked w14:val='{value}'/></w14:checkbox>"
    return f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{text(shown)}</w:sdtContent></w:sdt>"


def form_box(state: str) -> str:
    data = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def letter(font: str, letters: str) -> str:
    return text(letters, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


BOXES = {
    "a control that is ticked": (control("1", "☒"), "☒"),
    "a control that says so in a word": (control("true", "☒"), "☒"),
    "a control that is not": (control("0", "☐"), "☐"),
    "a control with a symbol of its own": (control("1", "ü"), "☒"),
    "an old box that is ticked": (form_box("<w:checked/>"), "☒"),
    "an old box that is ticked from the start": (form_box('<w:default w:val="1"/>'), "☒"),
    "an old box that was unticked": (form_box('<w:default w:val="1"/><w:checked w:val="0"/>'), "☐"),
    "an old box that is not": (form_box('<w:default w:val="0"/>'), "☐"),
    "a symbol that is ticked": (symbol("Wingdings", "F0FE"), "☒"),
    "a symbol that is crossed": (symbol("Wingdings", "F078"), "☒"),
    "a symbol that is not": (symbol("Wingdings", "F0A8"), "☐"),
    "a symbol without its private place": (symbol("Wingdings", "00FE"), "☒"),
    "a symbol of another typeface": (symbol("Wingdings 2", "F052"), "☒"),
    "a symbol of another typeface that is not": (symbol("Wingdings 2", "F0A3"), "☐"),
    "a letter that is ticked": (letter("Wingdings", "þ"), "☒"),
    "a letter that is not": (letter("Wingdings", "o"), "☐"),
    "a letter in its private place": (letter("Wingdings", "\uf0fe"), "☒"),
    "a tick without a box": (symbol("Wingdings", "F0FC"), "✓"),
    "a box as it is": (text("☑"), "☑"),
}


@pytest.mark.parametrize(("box", "shown"), BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("form", ["{}", "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"])
def test_a_box_is_seen_to_be_ticked_or_not(box, shown, form, read):
    preview = read(document(form.format(paragraph(box, text(" yes"))))).preview
    assert preview is not None
    assert (preview.text, preview.left_out) == (f"{shown} yes", ())
    assert preview.html is not None
    assert shown in preview.html


STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Below"><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
    '<w:style w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style></w:styles>'
).encode()
CHOICES = '<w:listEntry w:val="no"/><w:listEntry w:val="yes"/>'
STRUCK = "[Struck text stands between ~~ and ~~.]"
HIDDEN = "[Left out: 1 passage of hidden text.]"
SEEN = {
    "struck": (paragraph(text("was", "<w:strike/>")), f"{STRUCK}\n~~was~~"),
    "struck twice": (paragraph(text("was", "<w:dstrike/>")), f"{STRUCK}\n~~was~~"),
    "struck over two runs": (
        paragraph(text("a", "<w:strike/>"), text("b", "<w:strike/><w:b/>"), text("c")),
        f"{STRUCK}\n~~ab~~c",
    ),
    "struck by a style": (paragraph(text("was", '<w:rStyle w:val="Old"/>')), f"{STRUCK}\n~~was~~"),
    "not struck after all": (paragraph(text("is", '<w:strike w:val="0"/>')), "is"),
    "hidden": (paragraph(text("not", "<w:vanish/>"), text("seen")), f"{HIDDEN}\nseen"),
    "hidden by a style": (
        paragraph(text("not", '<w:rStyle w:val="Below"/>'), text("seen")),
        f"{HIDDEN}\nseen",
    ),
    "hidden by the style of a paragraph": (
        f'<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>{text("not")}</w:p>' + paragraph(text("seen")),
        f"{HIDDEN}\nseen",
    ),
    "shown against its style": (
        paragraph(text("seen", '<w:rStyle w:val="Gone"/><w:vanish w:val="false"/>')),
        "seen",
    ),
    "a style that rests on itself": (paragraph(text("seen", '<w:rStyle w:val="Round"/>')), "seen"),
    "a simple field": (paragraph(f'<w:fldSimple w:instr="PAGE">{text("7")}</w:fldSimple>'), "7"),
    "a field": (paragraph(field("FORMTEXT", "our views")), "our views"),
    "a text box": (
        paragraph(f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps"><w:txbxContent>'
                  f"{paragraph(text('boxed'))}</w:txbxContent></mc:Choice></mc:AlternateContent></w:r>"),
        "boxed",
    ),
    "a list to choose from": (
        paragraph('<w:r><w:fldChar w:fldCharType="begin">'
                  f'<w:ffData><w:ddList><w:result w:val="1"/>{CHOICES}</w:ddList></w:ffData>'
                  "</w:fldChar></w:r>"
                  '<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>'
                  '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        "yes",
    ),
    "a picture": (
        paragraph(text("a"), "<w:r><w:drawing/></w:r>"),
        "[Left out: 1 picture, chart or drawing.]\na",
    ),
    "two formulas": (
        paragraph(text("a"), f'<m:oMath xmlns:m="{M}"/>' * 2),
        "[Left out: 2 formulas.]\na",
    ),
    "a deletion": (
        paragraph(text("a"), "<w:del><w:r><w:delText>b</w:delText></w:r></w:del>"),
        "[Left out: 1 deletion that is only proposed.]\na",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "shown"), SEEN.values(), ids=SEEN)
def test_what_is_struck_hidden_or_left_out_is_said(body, shown, read):
    styled = ("styles", "styles.xml", "Internal")
    preview = read(related_to(document(body), DOCUMENT, styled, **{"word__styles.xml": STYLES})).preview
    assert preview is not None
    assert preview.text == shown


def test_headers_and_comments_are_said_to_be_left_out(read):
    margin = f'<w:hdr xmlns:w="{W}">{paragraph(text("Confidential"))}</w:hdr>'.encode()
    empty = f'<w:ftr xmlns:w="{W}">{paragraph()}</w:ftr>'.encode()
    notes = f'<w:comments xmlns:w="{W}"><w:comment w:id="0"/><w:comment w:id="1"/></w:comments>'.encode()
    sent = repacked(
        document(paragraph(text("a"))),
        {
            "word/header1.xml": margin,
            "word/footer1.xml": empty,
            "word/comments.xml": notes,
            "word/media/a.png": PNG,
        },
    )
    preview = read(sent).preview
    assert preview is not None
    assert preview.text == "[Left out: 2 comments.]\n[Left out: 1 header or footer.]\na"
    assert preview.left_out == ("Left out: 2 comments.", "Left out: 1 header or footer.")


def test_the_strict_form_is_read_like_any_other(read):
    preview = read(
        document(paragraph(text("was", "<w:strike/>"), symbol("Wingdings", "F0FE")), space=W_STRICT)
    ).preview
    assert preview is not None
    assert preview.text == f"{STRUCK}\n~~was~~☒"
