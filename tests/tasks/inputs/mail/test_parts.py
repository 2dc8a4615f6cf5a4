"""What a part of a mail is, by its type and by the name that it has."""

from email.message import EmailMessage

import pytest

from tasks.inputs.mail.parts import parts_of

DOCUMENT, PICTURE, CLOSED, ALONG = "documents", "pictures", "closed", "nothing"
ARMOURED = b"-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----\n"
SIGNED = b"-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n"
OCTETS = "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "kind", "content", "expected"),
    [
        ("views.docx", OCTETS, b"x", DOCUMENT),
        ("views.pdf", "application/pdf", b"x", DOCUMENT),
        ("image001.png", OCTETS, b"x", PICTURE),
        ("scan.JPEG", OCTETS, b"x", PICTURE),
        ("photo.heic", OCTETS, b"x", PICTURE),
        ("chart.png", "image/png", b"x", PICTURE),
        ("message.rpmsg", OCTETS, b"x", CLOSED),
        ("fw.msg", OCTETS, b"x", CLOSED),
        ("me.cer", OCTETS, b"text", ALONG),
        ("publickey - a@b.key", "application/pgp-keys", b"text", ALONG),
        ("publickey - a@b.key", OCTETS, b"text", ALONG),
        ("ATT00001.txt", "text/plain", b"footer", ALONG),
        ("ATT100001.htm", "text/html", b"footer", ALONG),
        ("views.docx.asc", OCTETS, SIGNED, ALONG),
        ("views.docx.asc", OCTETS, ARMOURED, CLOSED),
        ("encrypted.asc", OCTETS, ARMOURED, CLOSED),
        ("Attorney.docx", OCTETS, b"x", DOCUMENT),
    ],
)
def test_a_part_is_what_its_type_its_name_and_its_bytes_say(
    name: str, kind: str, content: bytes, expected: str
):
    mail = EmailMessage()
    mail.set_content("Please find attached.")
    main, sub = kind.split("/")
    mail.add_attachment(content, main, sub, filename=name)
    found = parts_of(mail)
    named = {DOCUMENT: [each.name for each in found.documents], PICTURE: found.pictures, CLOSED: found.closed}
    assert {what: names for what, names in named.items() if names} == (
        {} if expected == ALONG else {expected: [name]}
    )


def test_a_picture_within_the_text_travels_along_whatever_its_type_says():
    mail = EmailMessage()
    mail.set_content("Please find attached.")
    mail.add_attachment(b"x", "application", "octet-stream", filename="image001.png", cid="<image001@x>")
    next(mail.iter_attachments()).replace_header("Content-Disposition", 'inline; filename="image001.png"')
    found = parts_of(mail)
    assert (found.documents, found.pictures) == ([], [])
