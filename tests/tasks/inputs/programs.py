"""Replies as mail programs build them: the words twice, our letter quoted below, a document beside."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from email.header import Header
from html import escape
from itertools import count

from tests.input_packages.files import word
from tests.tasks.inputs.replies import OWN

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NUMBERS = count()
_PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
_NAMES = {"en": "Our views.docx", "fr": "Contribution de l’OIT.docx", "ar": "إسهامنا.docx"}


def _encoded(content: bytes) -> str:
    text = b64encode(content).decode()
    return "\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def _part(kind: str, content: bytes, *headers: str) -> str:
    told = "\n".join((f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *headers))
    return f"{told}\n\n{_encoded(content)}\n"


def _together(kind: str, boundary: str, *parts: str) -> str:
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind};\n\tboundary="{boundary}"\n\n{inside}--{boundary}--\n'


def _document(language: str, disposition: str, *headers: str) -> str:
    name = Header(_NAMES[language], "utf-8").encode()
    where = f'Content-Disposition: {disposition};\n\tfilename="{name}"'
    return _part(f'{WORD};\n\tname="{name}"', word(f"{next(_NUMBERS)}"), where, *headers)


def _outlook(language: str, letter: str, *, document: bool) -> str:
    own = OWN[language]
    plain = f"{own}\r\n\r\n________________________________\r\nFrom: Office\r\n\r\n{letter}"
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><div class="WordSection1">'
        f'<p class="MsoNormal">{escape(own)}<o:p></o:p></p><p><img src="cid:image001.png@01DB1234"></p>'
        f'<div style="border-top:solid"><b>From:</b> Office</div><pre>{escape(letter)}</pre></div>'
    )
    words = _together(
        "alternative",
        "_000_",
        _part('text/plain; charset="utf-8"', plain.encode()),
        _part('text/html; charset="utf-8"', page.encode()),
    )
    letterhead = _part(
        'image/png; name="image001.png"',
        _PICTURE,
        'Content-Disposition: inline; filename="image001.png"; size=48',
        "Content-ID: <image001.png@01DB1234>",
    )
    body = _together("related", "_004_", words, letterhead)
    head = "Thread-Index: AdsQ\nX-MS-Has-Attach: yes\nContent-Language: en-US\n"
    return head + (_together("mixed", "_005_", body, _document(language, "attachment")) if document else body)


def _gmail(language: str, letter: str, *, document: bool) -> str:
    own, line = OWN[language], "On Fri, Oct 8, 2027 at 9:00 AM Office <s@example.org> wrote:"
    quoted = "\n".join(f"> {each}" for each in letter.splitlines())
    page = (
        f'<div dir="auto">{escape(own)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f'{escape(line)}<br></div><blockquote class="gmail_quote">{escape(letter)}</blockquote></div>'
    )
    words = _together(
        "alternative",
        "000000000000a1",
        _part('text/plain; charset="UTF-8"', f"{own}\n\n{line}\n\n{quoted}\n".encode()),
        _part('text/html; charset="UTF-8"', page.encode()),
    )
    beside = _document(language, "attachment", "X-Attachment-Id: f_m1", "Content-ID: <f_m1>")
    return _together("mixed", "000000000000a2", words, beside) if document else words


def _apple(language: str, letter: str, *, document: bool) -> str:
    own = OWN[language]
    quoted = "\n".join(
        f"> {each}" for each in f"On 8 Oct 2027, at 09:00, Office wrote:\n\n{letter}".splitlines()
    )
    plain = _part("text/plain;\n\tcharset=utf-8", f"{own}\n\n\n{quoted}\n".encode())
    page = _part("text/html;\n\tcharset=utf-8", f"<html><body>{escape(own)}<br></body></html>".encode())
    shown = _together("mixed", "Apple-Mail=_2", page, _document(language, "inline")) if document else page
    return "Mime-Version: 1.0 (Mac OS X Mail 16.0)\n" + _together(
        "alternative", "Apple-Mail=_1", plain, shown
    )


PROGRAMS: Mapping[str, Callable[..., str]] = {"Outlook": _outlook, "Gmail": _gmail, "Apple Mail": _apple}


def replied(program: str, language: str, to: str, letter: str, name: str, *, document: bool) -> bytes:
    """Return the reply of the ILO focal point to a letter of ours, with its Message-ID `name`."""
    subject = Header("Re: Input requested: Annual meeting of the Network", "utf-8").encode()
    head = (
        f"From: Focal point <ilo@example.org>\nTo: Office <mandates@example.org>\nSubject: {subject}\n"
        f"Message-ID: <{name}@mail.example.org>\nIn-Reply-To: {to}\nReferences: <root@example.org>\n {to}\n"
    )
    made = PROGRAMS[program](language, letter, document=document)
    return f"{head}MIME-Version: 1.0\n{made}".encode()
