"""OpenDocument texts: what acts or is drawn from elsewhere is refused, what all of them hold is not."""

import pytest

from input_packages.reading.limits import MEGABYTE
from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind
from tests.input_packages.files import ENGLISH, OLE, pdf, zipped
from tests.input_packages.reading.office_files import PNG
from tests.input_packages.reading.open_files import MANIFEST, TYPE, manifest, odt, open_package, part

SAID = f"<text:p>{ENGLISH}</text:p>"
SCRIPT = '<script:event-listener script:event-name="dom:load" xlink:href="{}"/>'
LISTENER = f"<office:event-listeners>{SCRIPT}</office:event-listeners>"
MACRO = "vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"
LOCKED = (
    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
)


def drawn(target: str, kind: str = "image", /, **parts: bytes) -> bytes:
    return odt(
        f'{SAID}<text:p><draw:frame><draw:{kind} xlink:href="{target}"/></draw:frame></text:p>', **parts
    )


def linked(target: str) -> bytes:
    return odt(f'<text:p><text:a xlink:href="{target}">{ENGLISH}</text:a></text:p>')


def from_template(target: str) -> bytes:
    about = f'<office:meta><meta:template xlink:href="{target}"/></office:meta>'
    return odt(SAID, **{"meta.xml": part(about, "office:document-meta")})


def calculated(formula: str) -> bytes:
    cell = f'<table:table-cell table:formula="{formula}">{SAID}</table:table-cell>'
    return odt(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")


SOURCE = '<text:section text:name="s"><text:section-source xlink:href="{}"/></text:section>'
KEYS = (
    f'<accel:item xmlns:accel="http://openoffice.org/2001/accel" xmlns:x="urn:x" x:href="{MACRO}"/>'.encode()
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE = {
    "a library of macros": (odt(SAID, **{"Basic__Standard__M.xml": b"<a/>"}), Refusal.MACROS),
    "a script of its own": (odt(SAID, **{"Scripts__python__a.py": b"import os"}), Refusal.MACROS),
    "a script in its text": (odt(f"{SAID}<text:p><text:script>x</text:script></text:p>"), Refusal.SCRIPTS),
    "a script at its opening": (
        odt(SAID, f"<office:scripts>{LISTENER.format(MACRO)}</office:scripts>"),
        Refusal.SCRIPTS,
    ),
    "macros in one part": (odt(SAID, "<office:scripts><office:script/></office:scripts>"), Refusal.MACROS),
    "a macro to click on": (odt("<text:p><text:execute-macro/></text:p>"), Refusal.MACROS),
    "a link to a macro": (linked(MACRO), Refusal.EXTERNAL),
    "a key that starts a macro": (
        odt(SAID, **{"Configurations2__accelerator__current.xml": KEYS}),
        Refusal.SCRIPTS,
    ),
    "a picture elsewhere": (drawn("http://x.example/p.png"), Refusal.EXTERNAL),
    "a picture on a machine": (drawn("file://server/p.png"), Refusal.EXTERNAL),
    "a picture beside it": (drawn("../p.png", **{"p.png": PNG}), Refusal.EXTERNAL),
    "a picture that is not there": (drawn("Pictures/p.png"), Refusal.EXTERNAL),
    "an object of another program": (drawn("./Object 1", "object-ole"), Refusal.EMBEDDED),
    "a plug-in": (drawn("", "plugin"), Refusal.EMBEDDED),
    "a page in a frame": (drawn("http://x.example/", "floating-frame"), Refusal.EMBEDDED),
    "a text from elsewhere": (odt(SOURCE.format("file:///c:/x.odt")), Refusal.EXTERNAL),
    "a text from another program": (odt("<office:dde-source/>"), Refusal.EXTERNAL),
    "a field from another program": (odt("<text:dde-connection-decl/>"), Refusal.EXTERNAL),
    "a table from elsewhere": (odt("<table:table><table:table-source/></table:table>"), Refusal.EXTERNAL),
    "a database": (odt("<text:p><text:database-display/></text:p>"), Refusal.EXTERNAL),
    "a form that sends": (
        odt(f'<office:forms><form:form xlink:href="http://x.example/"/></office:forms>{SAID}'),
        Refusal.EXTERNAL,
    ),
    "a form that asks a server": (
        odt('<xforms:submission xmlns:xforms="http://www.w3.org/2002/xforms"/>'),
        Refusal.EXTERNAL,
    ),
    "a formula that asks the web": (
        calculated("of:=WEBSERVICE(&quot;http://x.example/&quot;)"),
        Refusal.EXTERNAL,
    ),
    "a formula that asks a program": (
        calculated("of:=DDE(&quot;soffice&quot;;&quot;a&quot;)"),
        Refusal.EXTERNAL,
    ),
    "a formula over another file": (calculated("of:=['file:///c:/x.ods'#$S.A1]"), Refusal.EXTERNAL),
    "a link to a program": (linked("file:///c:/windows/x.exe"), Refusal.EXTERNAL),
    "a template on the web": (from_template("http://x.example/t.ott"), Refusal.EXTERNAL),
    "a page that reloads itself": (
        odt(SAID, **{"meta.xml": part("<meta:auto-reload/>", "office:document-meta")}),
        Refusal.EXTERNAL,
    ),
    "a drawing with a script": (drawn("Pictures/a.svg", **{"Pictures__a.svg": SVG}), Refusal.SCRIPTS),
    "a program as a picture": (
        drawn("Pictures/a.png", **{"Pictures__a.png": b"MZ\x90\x00" + bytes(60)}),
        Refusal.EMBEDDED,
    ),
    "an old object": (odt(SAID, **{"Object 1": OLE}), Refusal.EMBEDDED),
    "a PDF in it": (odt(SAID, **{"a.pdf": pdf()}), Refusal.EMBEDDED),
    "an archive in it": (odt(SAID, **{"a.zip": zipped({"a": b"a"})}), Refusal.EMBEDDED),
    "bytes that mean nothing": (odt(SAID, **{"a.bin": bytes(range(1, 99))}), Refusal.EMBEDDED),
    "a password": (odt(SAID, **{MANIFEST: manifest(more=LOCKED)}), Refusal.ENCRYPTED),
    "another file beside its parts": (odt(SAID, **{"[Content_Types].xml": b"<Types/>"}), Refusal.TWO_KINDS),
    "something behind it": (odt(SAID) + b"MZ", Refusal.TWO_KINDS),
    "a part that leads outside": (odt(SAID, **{"..__x": b""}), Refusal.TRICKY_NAMES),
    "an entity": (odt(SAID, **{"meta.xml": b'<!DOCTYPE x [<!ENTITY y "z">]><x/>'}), Refusal.DOCTYPE),
    "elements without end in one another": (odt("<text:section>" * 300), Refusal.TOO_HEAVY),
    "half a part": (odt(SAID, **{"styles.xml": b"<a><b>"}), Refusal.DAMAGED),
    "half a list of parts": (odt(SAID, **{MANIFEST: b"<a>"}), Refusal.DAMAGED),
    "a bomb": (odt(SAID, **{"styles.xml": b"<a>" + b" " * 40 * MEGABYTE + b"</a>"}), Refusal.BOMB),
    "a template": (
        open_package({"content.xml": part(SAID), MANIFEST: manifest(f"{TYPE}-template")}, f"{TYPE}-template"),
        Refusal.OTHER_KIND,
    ),
    "a list of parts that says otherwise": (
        odt(SAID, **{MANIFEST: manifest(f"{TYPE}-web")}),
        Refusal.OTHER_KIND,
    ),
    "no text": (open_package({MANIFEST: manifest()}), Refusal.OTHER_KIND),
}


@pytest.mark.parametrize(("content", "refusal"), HOSTILE.values(), ids=HOSTILE)
def test_a_text_that_acts_or_is_drawn_from_elsewhere_is_refused(content, refusal, read):
    found = read(content)
    assert (found.refusals[0], found.preview) == (refusal, None)


FORM = '<form:form xlink:href="" form:control-implementation="ooo:com.sun.star.form.component.Form"/>'
SOUND = {
    "nothing but a text": odt(SAID),
    "an empty list of scripts": odt(SAID, "<office:scripts/>"),
    "a form that sends nothing": odt(f"<office:forms>{FORM}</office:forms>{SAID}"),
    "a link to the web": linked("https://www.un.org/"),
    "a link to a mail": linked("mailto:a@example.org"),
    "a link to a document beside it": linked("../Annex%201.odt"),
    "a link within": linked("#1.Heading|outline"),
    "a template on a drive": from_template("file:///C:/Templates/House.ott"),
    "a template beside it": from_template("../Templates/House.ott"),
    "a formula": calculated("ooow:sum &lt;A1:A3&gt;|&lt;B1&gt;"),
    "a formula as workbooks have it": calculated("of:=SUM([.A1:.A3])"),
    "folders without anything": odt(SAID, Configurations2__images__Bitmaps__=b""),
    "where pages end": odt(SAID, **{"layout-cache": bytes(range(1, 99))}),
    "a drawing kept beside an object": odt(
        SAID, **{"ObjectReplacements__Object 1": b"VCLMTF\x01\x00" + bytes(9)}
    ),
    "settings": odt(SAID, **{"settings.xml": part("<office:settings/>", "office:document-settings")}),
}


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_what_every_text_holds_is_no_fault(content, read):
    found = read(content)
    assert (found.kind, found.refusals) == (Kind.ODT, ())
    assert found.preview is not None
    assert found.preview.text == ENGLISH


def test_pictures_and_charts_inside_are_no_fault(read):
    chart = {"Object 1__content.xml": part("<office:body/>"), "Pictures__a.png": PNG}
    frames = "".join(
        f'<draw:frame><draw:{kind} xlink:href="{target}"/></draw:frame>'
        for kind, target in (("image", "Pictures/a.png"), ("object", "./Object 1"))
    )
    found = read(odt(f"<text:p>{frames}{ENGLISH}</text:p>", **chart))
    assert found.refusals == ()
    assert found.preview is not None
    assert found.preview.left_out == ("Left out: 2 pictures, charts, formulas or drawings.",)
