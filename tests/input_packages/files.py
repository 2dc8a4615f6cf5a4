"""Files as people send them, good and bad, each made here and now."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import openpyxl
import pikepdf

from input_packages.packing import repack as packed_anew

ENGLISH = "The Network should meet earlier in the year."
ARABIC = "ينبغي أن تجتمع الشبكة في وقت أبكر من السنة."
CHINESE = "移民网络应在每年更早的时候举行会议。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CORE = b"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(*paragraphs: str, heading: str = "Contribution") -> bytes:
    document = docx.Document()
    document.add_heading(heading)
    for text in paragraphs or (ENGLISH,):
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Priority", "High"
    written = BytesIO()
    document.save(written)
    return packed_anew(written.getvalue())


def excel(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows or (("Group", "Members"), (CHINESE, 12)):
        book.active.append(row)
    written = BytesIO()
    book.save(written)
    core = "docProps/core.xml"  # where openpyxl writes the time of day
    return repacked(written.getvalue(), {core: b"<cp:coreProperties xmlns:cp='%b'/>" % CORE})


def pdf(*pages: str) -> bytes:
    """A PDF with one line of Latin text on each page."""
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for text in pages or (ENGLISH,):
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))
    return saved(made)


def saved(made: pikepdf.Pdf, **how: object) -> bytes:
    written = BytesIO()
    made.save(written, **{"static_id": True, **how})  # type: ignore[arg-type]  # options by name
    return written.getvalue()


def pdf_with(root: Mapping[str, pikepdf.Object] | None = None, **how: object) -> bytes:
    """A PDF whose catalogue holds something more."""
    with pikepdf.open(BytesIO(pdf())) as made:
        for key, value in (root or {}).items():
            made.Root[key] = made.make_indirect(value)
        return saved(made, **how)


def repacked(office: bytes, changed: Mapping[str, bytes]) -> bytes:
    """An Office file with some of its parts replaced or added."""
    with ZipFile(BytesIO(office)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, **changed})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive that is the same whenever it is made."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            archive.writestr(member, content)
    return written.getvalue()


def related(office: bytes, kind: str, target: str, mode: str = "External") -> bytes:
    """A Word file with one more relation of its main part."""
    name = "word/_rels/document.xml.rels"
    with ZipFile(BytesIO(office)) as archive:
        relations = archive.read(name).decode()
    more = f'<Relationship Id="rX" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return repacked(office, {name: relations.replace("</Relationships>", f"{more}</Relationships>").encode()})


def replaced(office: bytes, part: str, old: str, new: str) -> bytes:
    with ZipFile(BytesIO(office)) as archive:
        text = archive.read(part).decode()
    assert old in text
    return repacked(office, {part: text.replace(old, new, 1).encode()})
