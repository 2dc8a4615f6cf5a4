"""Word and Excel files from their bare parts, so that a test can say every letter of them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from tests.input_packages.files import repacked, zipped

OOXML = "application/vnd.openxmlformats-officedocument"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
S_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
R_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = {"word": "wordprocessingml.document.main+xml", "xl": "spreadsheetml.sheet.main+xml"}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
DOCUMENT = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"


def types(main: str, **overrides: str) -> bytes:
    """The types of a package whose main part is `main`, and of others: two bars in a name are a slash."""
    kinds = {main: f"{OOXML}.{MAIN[main.partition('/')[0]]}", **overrides}
    lines = "".join(
        f'<Override PartName="/{n.replace("__", "/")}" ContentType="{t}"/>' for n, t in kinds.items()
    )
    defaults = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{lines}</Types>'.encode()


def relations(*all_of_them: tuple[str, str, str], space: str = R) -> bytes:
    """Relations: kind, target, and whether it is External."""
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{space}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target, mode) in enumerate(all_of_them, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'.encode()


def document(body: str, space: str = W, **parts: bytes) -> bytes:
    """A Word file with this in its body; `parts` by their names with two bars for a slash."""
    xml = f'<w:document xmlns:w="{space}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    return zipped(
        {
            "[Content_Types].xml": types(DOCUMENT),
            "_rels/.rels": relations(("officeDocument", DOCUMENT, "Internal")),
            DOCUMENT: xml.encode(),
            **{name.replace("__", "/"): content for name, content in parts.items()},
        }
    )


def text(words: str, properties: str = "") -> str:
    """One run with a text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def field(instruction: str, result: str = "") -> str:
    """A field as Word writes it: begin, instruction, result, end."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{text(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def sheet(rows: str, around: str = "", space: str = S) -> bytes:
    """A sheet with these rows, and what stands behind them."""
    return (
        f'<worksheet xmlns="{space}" xmlns:r="{R}"><sheetData>{rows}</sheetData>{around}</worksheet>'.encode()
    )


def workbook(
    sheets: Mapping[str, bytes], states: Mapping[str, str] | None = None, around: str = "", space: str = S,
    more: Mapping[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """An Excel file with these sheets by name, some of them hidden."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}" state="{(states or {}).get(name, "visible")}"/>'
        for n, name in enumerate(sheets, 1)
    )
    rel = R_STRICT if space == S_STRICT else R
    xml = f'<workbook xmlns="{space}" xmlns:r="{rel}"><sheets>{named}</sheets>{around}</workbook>'
    kinds = [("worksheet", f"worksheets/sheet{n}.xml", "Internal") for n in range(1, len(sheets) + 1)]
    kinds += [("styles", "styles.xml", "Internal")] if "xl/styles.xml" in (more or {}) else []
    return zipped(
        {
            "[Content_Types].xml": types("xl/workbook.xml"),
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "Internal"), space=rel),
            "xl/_rels/workbook.xml.rels": relations(*kinds, space=rel),
            "xl/workbook.xml": xml.encode(),
            **{f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets.values(), 1)},
            **(more or {}),
        }
    )


def one_sheet(rows: str, around: str = "", **how: object) -> bytes:
    return workbook({"Sheet": sheet(rows, around)}, **how)  # type: ignore[arg-type]  # passed on


def cell(content: str, place: str = "A1", kind: str = "n") -> str:
    return (
        f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}" t="{kind}">{content}</c></row>'
    )


def related_to(office: bytes, main: str, *more: tuple[str, str, str], **parts: bytes) -> bytes:
    """An Office file whose part `main` has these relations, and no others."""
    folder, _, file = main.rpartition("/")
    added = {name.replace("__", "/"): content for name, content in parts.items()}
    return repacked(office, {f"{folder}/_rels/{file}.rels": relations(*more), **added})


def typed(office: bytes, **kinds: str) -> bytes:
    """An Office file that says of some of its parts what they are."""
    with ZipFile(BytesIO(office)) as archive:
        said = archive.read("[Content_Types].xml").decode()
    lines = "".join(
        f'<Override PartName="/{n.replace("__", "/")}" ContentType="{t}"/>' for n, t in kinds.items()
    )
    return repacked(office, {"[Content_Types].xml": said.replace("</Types>", f"{lines}</Types>").encode()})
