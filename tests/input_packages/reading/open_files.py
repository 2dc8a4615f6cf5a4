"""OpenDocument texts and presentations from their bare parts, so that a test can say every letter of them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.input_packages.files import zipped
from tests.input_packages.reading.office_files import OOXML, PACKAGE, R, relations

TYPE = "application/vnd.oasis.opendocument.text"
MANIFEST = "META-INF/manifest.xml"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NAMES = ("office", "text", "table", "style", "form", "meta", "script", "manifest", "presentation")
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    (
        *(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in _NAMES),
        f'xmlns:draw="{_ODF}drawing:1.0" xmlns:svg="{_ODF}svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    )
)


def part(inside: str, root: str = "office:document-content") -> bytes:
    """A part of an OpenDocument file."""
    return f"<{root} {SPACES}>{inside}</{root}>".encode()


def manifest(kind: str = TYPE, more: str = "") -> bytes:
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    return part(f"{entry}{more}", "manifest:manifest")


def odt(body: str, around: str = "", /, **parts: bytes) -> bytes:
    """A text with this in its body, and styles or scripts `around` it; two bars in a name are a slash."""
    content = part(f"{around}<office:body><office:text>{body}</office:text></office:body>")
    given = {name.replace("__", "/"): inside for name, inside in parts.items()}
    return open_package({"content.xml": content, MANIFEST: manifest(), **given})


def open_package(parts: dict[str, bytes], kind: str = TYPE) -> bytes:
    """An archive that begins with what it is, as OpenDocument files do."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in {"mimetype": kind.encode(), **parts}.items():
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(member, content)
    return written.getvalue()


def styled(name: str, properties: str, family: str = "text", parent: str = "") -> str:
    """A style; `properties` are those of its text."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def slide(*shapes: str, attributes: str = "") -> str:
    return (
        f'<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" {attributes}>'
        f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"
    )


def shape(*paragraphs: str, about: str = "", kind: str = "") -> str:
    """A shape with a text; `about` are attributes of its name, `kind` says what it is a place for."""
    lines = "".join(f"<a:p>{each}</a:p>" for each in paragraphs)
    named = f'<p:cNvPr id="1" name="s" {about}/><p:nvPr>{kind}</p:nvPr>'
    return f"<p:sp><p:nvSpPr>{named}</p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>"


def run(text: str, properties: str = "", inside: str = "") -> str:
    return f"<a:r><a:rPr {properties}>{inside}</a:rPr><a:t>{text}</a:t></a:r>"


def deck(
    *slides: str, around: tuple[tuple[str, str, str], ...] = (), parts: Mapping[str, bytes] | None = None
) -> bytes:
    """A presentation with these slides; `around` are the relations of each, `parts` what they lead to."""
    count = range(1, len(slides) + 1)
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in count)
    main = f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>'
    kind = f"{OOXML}.presentationml.presentation.main+xml"
    override = f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}"/>'
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    types = f'<Types xmlns="{PACKAGE}/content-types">{default}{override}</Types>'
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml", "Internal")),
            "ppt/presentation.xml": main.encode(),
            "ppt/_rels/presentation.xml.rels": relations(
                *(("slide", f"slides/slide{n}.xml", "Internal") for n in count)
            ),
            **{f"ppt/slides/slide{n}.xml": slides[n - 1].encode() for n in count},
            **({f"ppt/slides/_rels/slide{n}.xml.rels": relations(*around) for n in count} if around else {}),
            **(parts or {}),
        }
    )
