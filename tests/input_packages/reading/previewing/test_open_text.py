"""What is seen in an OpenDocument text is what its preview says: boxes, struck text, what is left out."""

import pytest

from tests.input_packages.reading.open_files import odt, part, styled

STRUCK = "[Struck text stands between ~~ and ~~.]\n"
HIDDEN = "[Left out: 1 passage of hidden text.]\n"
STYLES = (
    "<office:automatic-styles>"
    + styled("Gone", 'text:display="none"')
    + styled("Below", "", parent="Gone")
    + styled("Round", "", parent="Round")
    + styled("Back", 'text:display="true"', parent="Gone")
    + styled("Old", 'style:text-line-through-style="solid"')
    + styled("OldType", 'style:text-line-through-type="single"')
    + styled("NotOld", 'style:text-line-through-style="none"', parent="Old")
    + styled("P", 'text:display="none"', "paragraph")
    + styled("PS", 'style:text-line-through-style="solid"', "paragraph")
    + "</office:automatic-styles>"
)


def span(style: str, words: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def p(*inside: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{"".join(inside)}</text:p>'


def table(*rows: tuple[str, ...], row: str = "") -> str:
    cells = ("".join(f"<table:table-cell>{p(c)}</table:table-cell>" for c in each) for each in rows)
    inside = "".join(f"<table:table-row {row}>{each}</table:table-row>" for each in cells)
    return f"<table:table>{inside}</table:table>"


def control(field: str, name: str = "c1") -> str:
    form = f"<office:forms><form:form>{field}</form:form></office:forms>"
    return form + p(f'<draw:control draw:control="{name}"/>', " end")


def box(kind: str, state: str) -> str:
    return control(f'<form:{kind} form:id="c1" form:label="Yes" {state}/>')


OPTIONS = "<form:option form:label='April'/><form:option form:label='May' form:selected='true'/>"
TRACKED = (
    "<text:tracked-changes><text:changed-region><text:deletion>{}</text:deletion></text:changed-region>"
    "</text:tracked-changes>"
)
SEEN = {
    "a paragraph": (p("a"), "a"),
    "a heading": ("<text:h>a</text:h>", "a"),
    "blanks, tabs and breaks": (p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'), "a b c d"),
    "a list": ("<text:list><text:list-item>" + p("a") + "</text:list-item></text:list>", "a"),
    "a table": (table(("a", "b"), ("", "d")), "a | b\n | d"),
    "a table in a table": (table((f"</text:p>{table(('a', 'b'))}<text:p>c",)), "a | b c"),
    "a field": (p("<text:page-number>7</text:page-number>"), "7"),
    "a note": (
        p(
            "a<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            + p("below")
            + "</text:note-body></text:note> b"
        )
        + p("c"),
        "a[1] b\nc\n[1] below",
    ),
    "a text box": (p(f"<draw:frame><draw:text-box>{p('boxed')}</draw:text-box></draw:frame>a"), "boxed\na"),
    "what is struck": (p(span("Old", "a"), "b"), f"{STRUCK}~~a~~b"),
    "what is struck by a kind of line": (p(span("OldType", "a")), f"{STRUCK}~~a~~"),
    "what is struck over two runs": (p(span("Old", "a"), span("Old", "b")), f"{STRUCK}~~ab~~"),
    "what is struck within": (p(span("Old", f"a{span('Round', 'b')}")), f"{STRUCK}~~ab~~"),
    "a struck paragraph": (p("a", style="PS"), f"{STRUCK}~~a~~"),
    "what is not struck after all": (p(span("NotOld", "a")), "a"),
    "what is hidden": (p(span("Gone", "a"), "b"), f"{HIDDEN}b"),
    "what is hidden by another style": (p(span("Below", "a"), "b"), f"{HIDDEN}b"),
    "what is shown against its style": (p(span("Back", "a")), "a"),
    "a style that rests on itself": (p(span("Round", "a")), "a"),
    "a hidden paragraph": (p("a", style="P") + p("b"), f"{HIDDEN}b"),
    "nothing that is hidden": (p(style="P") + p("b"), "b"),
    "a hidden section": (f'<text:section text:display="none">{p("a")}</text:section>{p("b")}', f"{HIDDEN}b"),
    "a text with a condition": (
        p('<text:hidden-text text:is-hidden="true">a</text:hidden-text>b'),
        f"{HIDDEN}b",
    ),
    "a text whose condition holds": (
        p('<text:hidden-text text:is-hidden="false">a</text:hidden-text>b'),
        "ab",
    ),
    "a paragraph with a condition": (
        p('a<text:hidden-paragraph text:is-hidden="true"/>') + p("b"),
        f"{HIDDEN}b",
    ),
    "a hidden row": (
        table(("a",), row='table:visibility="collapse"') + p("b"),
        "[Left out: 1 hidden row of a table.]\nb",
    ),
    "a comment": (p("a<office:annotation>" + p("no") + "</office:annotation>"), "[Left out: 1 comment.]\na"),
    "a deletion": (TRACKED.format(p("no")) + p("a"), "[Left out: 1 deletion that is only proposed.]\na"),
    "a drawing": (
        p("a<draw:custom-shape><svg:title>no</svg:title></draw:custom-shape>"),
        "[Left out: 1 picture, chart, formula or drawing.]\na",
    ),
    "how a word sounds": (
        p("<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text></text:ruby>"),
        "a",
    ),
    "a box that is ticked": (box("checkbox", 'form:current-state="checked"'), "☒ Yes end"),
    "a box that is ticked from the start": (box("checkbox", 'form:state="checked"'), "☒ Yes end"),
    "a box that was unticked": (
        box("checkbox", 'form:state="checked" form:current-state="unchecked"'),
        "☐ Yes end",
    ),
    "a box that is not ticked": (box("checkbox", ""), "☐ Yes end"),
    "one of several that is chosen": (box("radio", 'form:current-selected="true"'), "☒ Yes end"),
    "a field that was filled in": (
        control('<form:text form:id="c1" form:current-value="Amal"/>'),
        "Amal end",
    ),
    "a field of more lines": (
        control(f'<form:textarea form:id="c1" form:current-value="Amal">{p("Amal")}</form:textarea>'),
        "Amal end",
    ),
    "a choice": (control(f'<form:listbox form:id="c1">{OPTIONS}</form:listbox>'), "May end"),
}


@pytest.mark.parametrize(("body", "shown"), SEEN.values(), ids=SEEN)
def test_a_text_is_read_as_it_is_seen(body, shown, read):
    found = read(odt(body, STYLES))
    assert found.refusals == ()
    assert found.preview is not None
    assert found.preview.text == shown


def test_headers_are_said_to_be_left_out_and_styles_apart_hold(read):
    header = f"<style:header>{p('Confidential')}</style:header><style:footer>{p()}</style:footer>"
    far = styled("Far", 'text:display="none"')
    styles = part(
        f"<office:styles>{far}</office:styles>"
        f"<office:master-styles><style:master-page>{header}</style:master-page></office:master-styles>",
        "office:document-styles",
    )
    preview = read(odt(p(span("Far", "no"), "a"), **{"styles.xml": styles})).preview
    assert preview is not None
    assert preview.left_out == (
        "Left out: 1 passage of hidden text.",
        "Left out: 1 header or footer.",
    )
