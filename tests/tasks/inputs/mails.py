"""Mails as people and machines send them in answer to our letters, each with what is to become of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from notifications.headers import message_id
from records.database import reading
from records.ledger.notices import notices_of
from tasks.installation.installation import Installation
from tests.input_packages.files import word, zipped
from tests.tasks.inputs.tnef import Inside, tnef

CYCLE = "annual-meeting/2027"
PERSON = "ilo"
_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
_IDS = iter(range(10**6))


@dataclass(frozen=True, slots=True)
class Letters:
    """The Message-IDs of letters of ours: to the person who writes, to another, and one without a secret."""

    own: str
    other: str
    old: str


@dataclass(frozen=True, slots=True)
class Case:
    """A mail, its fate, a part of why, and the names of the documents that are taken of it."""

    name: str
    content: bytes
    fate: str
    why: str = ""
    taken: tuple[str, ...] = ()


def reply(
    answers: str, text: str = "Please find attached.", sender: str = PERSON, **headers: str
) -> EmailMessage:
    """Return a reply to a letter, without an attachment."""
    message = EmailMessage()
    message["From"] = f"Focal point <{sender}@example.org>"
    message["Subject"] = headers.pop("subject", f"Re: {CYCLE}")
    message["Message-ID"] = f"<{next(_IDS)}@mail.example.org>"
    if answers:
        message["In-Reply-To"] = answers
        message["References"] = f"<root@example.org> {answers}"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def with_word(message: EmailMessage, name: str = "views.docx") -> EmailMessage:
    """Attach a document to a mail."""
    message.add_attachment(word(f"{name} {next(_IDS)}"), *_WORD, filename=name)
    return message


def _with(
    message: EmailMessage, kind: str, name: str | None, content: bytes = b"x", **more: str
) -> EmailMessage:
    """Attach a part of any kind to a mail."""
    main, sub = kind.split("/")
    message.add_attachment(content, main, sub, filename=name)
    for header, value in more.items():
        [*message.iter_attachments()][-1][header.replace("_", "-")] = value
    return message


def _inline(message: EmailMessage) -> EmailMessage:
    """Put the picture of a letterhead into a mail, as Outlook does."""
    _with(message, "image/png", "image001.png", _PICTURE, Content_ID="<image001.png@01DB>")
    [*message.iter_attachments()][-1].replace_header("Content-Disposition", 'inline; filename="image001.png"')
    return message


def _report(kind: str, text: str, answers: str) -> bytes:
    """Return a report of a machine: a read receipt."""
    return (
        f"From: {PERSON}@example.org\nTo: s@example.org\nSubject: Read\nMessage-ID: <{next(_IDS)}@x>\n"
        f"In-Reply-To: {answers}\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: message/{kind}\n\nX: y\n--b--\n"
    ).encode()


def _taken(letters: Letters) -> Iterator[Case]:
    """Yield replies with a document, as mail programs write them."""
    own = letters.own
    outlook = _inline(with_word(reply(own)))
    yield Case(
        "Outlook: letterhead beside", outlook.as_bytes(), "taken", "documents taken: 1 of 1", ("views.docx",)
    )
    titled = with_word(reply(own, subject="Our views on the ANNUAL MEETING of the Network"), "meeting.docx")
    yield Case("a title in the subject", titled.as_bytes(), "taken", taken=("meeting.docx",))
    signed = _with(with_word(reply(own)), "application/pkcs7-signature", "smime.p7s")
    yield Case(
        "S/MIME signature beside", signed.as_bytes(), "taken", "documents taken: 1 of 1", ("views.docx",)
    )
    footer = _with(with_word(reply(own)), "text/plain", "ATT00001.txt", b"footer")
    yield Case("footer of Exchange", footer.as_bytes(), "taken", "documents taken: 1 of 1", ("views.docx",))
    card = _with(with_word(reply(own)), "text/vcard", "me.vcf")
    yield Case("a card beside", card.as_bytes(), "taken", "documents taken: 1 of 1", ("views.docx",))
    arabic = with_word(reply(own, "مرفق إسهامنا."), "إسهام.docx")
    yield Case("a name in Arabic", arabic.as_bytes(), "taken", "documents taken: 1 of 1", ("إسهام.docx",))
    named = with_word(reply(own)).as_bytes().replace(b'filename="views.docx"', b"")
    named = named.replace(b"wordprocessingml.document", b'wordprocessingml.document; name="views.docx"')
    yield Case("a name in the type alone", named, "taken", "documents taken: 1 of 1", ("views.docx",))
    far = with_word(reply(""))
    far["References"] = " ".join([*(f"<{number}@gateway.example.org>" for number in range(9)), own])
    yield Case("References alone", far.as_bytes(), "taken", "documents taken: 1 of 1", ("views.docx",))
    tight = with_word(reply(""))
    tight["References"] = f"<a@x>{own}<c@x>"
    yield Case(
        "no blanks between names", tight.as_bytes(), "taken", "documents taken: 1 of 1", ("views.docx",)
    )
    relay = with_word(reply("<0100@email.example.com>"))
    relay.replace_header("References", f"{own} <0100@email.example.com>")
    yield Case("a relay that renames", relay.as_bytes(), "taken", "documents taken: 1 of 1", ("views.docx",))
    two = with_word(with_word(reply(own), "one.docx"), "two.docx")
    yield Case("two documents", two.as_bytes(), "taken", "documents taken: 2 of 2", ("one.docx", "two.docx"))
    shouting = with_word(reply(own)).as_bytes().replace(b"ilo@example", b"ILO@Example")
    yield Case("an address in capitals", shouting, "taken", "documents taken: 1 of 1", ("views.docx",))
    packed = tnef(
        [Inside("image001.png", _PICTURE, "image001.png@01DB"), Inside("views.docx", word("packed"))]
    )
    outlook = _with(reply(own), "application/ms-tnef", "winmail.dat", packed)
    yield Case("packed by Outlook", outlook.as_bytes(), "taken", "documents taken: 1 of 1", ("views.docx",))
    forwarded = _with(with_word(reply(own)), "application/vnd.ms-outlook", "fw.msg")
    yield Case(
        "a document and a mail beside",
        forwarded.as_bytes(),
        "taken",
        "documents taken: 1 of 1",
        ("views.docx",),
    )


_NO_DOCUMENT = "it has no document"
_TEXTS = ("Nothing to add.", "Deux semaines de plus, svp.", "نرجو سؤال زميلي.", "Our views follow next week.")


def _to_be_read(letters: Letters) -> Iterator[Case]:
    """Yield replies that a person has to read: without a document, or not clear in what they are for."""
    own = letters.own
    for text in _TEXTS:
        yield Case(f"text: {text}", reply(own, text).as_bytes(), "needs-a-person", _NO_DOCUMENT)
    html = reply(own)
    html.set_content("<p>Nothing to <b>add</b></p>", "html")
    yield Case("a web page alone", html.as_bytes(), "needs-a-person", _NO_DOCUMENT)
    yield Case("letterhead alone", _inline(reply(own)).as_bytes(), "needs-a-person", _NO_DOCUMENT)
    for kind, name in (
        ("application/pgp-signature", "signature.asc"),
        ("application/pkcs7-signature", "smime.p7s"),
        ("text/vcard", "me.vcf"),
        ("text/calendar", "invite.ics"),
        ("text/plain", "ATT00001.txt"),
    ):
        alone = _with(reply(own), kind, name)
        yield Case(f"{name} alone", alone.as_bytes(), "needs-a-person", _NO_DOCUMENT)
    packed = _with(reply(own), "application/ms-tnef", "winmail.dat", tnef([]))
    yield Case("a letterhead packed by Outlook", packed.as_bytes(), "needs-a-person", _NO_DOCUMENT)
    photo = _with(reply(own), "image/jpeg", "page1.jpg", b"\xff\xd8\xff")
    yield Case("a photograph", photo.as_bytes(), "needs-a-person", "it holds pictures alone")
    for kind, name in (
        ("application/ms-tnef", "winmail.dat"),
        ("application/vnd.ms-outlook", "fw.msg"),
        ("application/pkcs7-mime", "smime.p7m"),
        ("application/octet-stream", "encrypted.pgp"),
    ):
        closed = _with(reply(own), kind, name)
        yield Case(f"{name} alone", closed.as_bytes(), "needs-a-person", "it holds what is closed")
    inner = with_word(reply("", sender="assistant"))
    around = reply(own)
    around.add_attachment(inner)
    yield Case("a mail in the mail", around.as_bytes(), "needs-a-person", "it holds what is closed")
    vague = with_word(reply(own, subject="inputs"))
    yield Case("no cycle in the subject", vague.as_bytes(), "needs-a-person", "asks for several inputs")
    elsewhere = with_word(reply(own, sender="private"))
    yield Case("another address", elsewhere.as_bytes(), "needs-a-person", "from another address")
    others = with_word(reply(letters.other))
    yield Case(
        "another's letter", others.as_bytes(), "needs-a-person", "no request that was sent to this address"
    )
    both = with_word(reply(own))
    both.replace_header("From", f"A <{PERSON}@example.org>, B <who@example.org>")
    yield Case("two people in From", both.as_bytes(), "needs-a-person", "from several people at once")
    nobody = with_word(reply(own)).as_bytes().replace(b"From: Focal point <ilo@example.org>\n", b"")
    yield Case("nobody in From", nobody, "needs-a-person", "does not say whom it is from")


def _forged(letters: Letters) -> Iterator[Case]:
    """Yield mails of which nothing but the From line says that they are from whom they say."""
    only = "nothing but its From line shows whom it is from"
    yield Case("no thread", with_word(reply("")).as_bytes(), "needs-a-person", only)
    guessed = with_word(reply(letters.old))
    yield Case("a name that can be guessed", guessed.as_bytes(), "needs-a-person", only)
    verdict = "mx.example.net; dmarc=pass header.from=example.org"
    said = with_word(reply("", Authentication_Results=verdict))
    yield Case("another server's word", said.as_bytes(), "needs-a-person", only)


def _of_machines(letters: Letters) -> Iterator[Case]:
    """Yield what machines answer: it is no answer of anybody."""
    own = letters.own
    for headers in (
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated", "X_Auto_Response_Suppress": "All"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"Return_Path": "<>"},
    ):
        away = with_word(reply(own, "I am away.", **headers))
        yield Case(f"automatic: {headers}", away.as_bytes(), "automatic", "a machine wrote it")
    for headers in (
        {"X_Auto_Response_Suppress": "OOF, AutoReply"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.example.org>"},
    ):
        news = with_word(reply("", "News.", **headers))
        yield Case(f"of a list: {headers}", news.as_bytes(), "automatic", "a machine wrote it")
        by_group = with_word(reply(own, "Our views.", **headers))
        yield Case(f"by a group: {headers}", by_group.as_bytes(), "needs-a-person", "it came by a list")
    receipt = _report("disposition-notification", "It was read.", own)
    yield Case("a read receipt", receipt, "automatic", "a read receipt")
    stranger = with_word(reply("", sender="stranger"))
    yield Case("a stranger", stranger.as_bytes(), "refused", "nobody in the directory has this address")


def _hostile(letters: Letters) -> Iterator[Case]:
    """Yield mails that break readers."""
    good = with_word(reply(letters.own)).as_bytes()
    broken = "it cannot be read"
    parens = good.replace(b"From: Focal point", b"From: " + b"(" * 3000 + b" Focal point")
    yield Case("3,000 parentheses", parens, "", "")
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(200))
    yield Case("200 levels", good.partition(b"MIME-Version")[0] + deep, "set-aside", broken)
    many = b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\nContent-Type: text/plain\n\nx\n" * 400
    yield Case("400 parts", good.partition(b"MIME-Version")[0] + many, "set-aside", broken)
    yield Case("a header of a megabyte", b"X: " + b"y" * 10**6 + b"\n" + good, "set-aside", broken)
    yield Case("5,000 headers", b"X: y\n" * 5000 + good, "set-aside", broken)
    macros = _with(
        reply(letters.own), "application/octet-stream", "m.docm", zipped({"word/vbaProject.bin": b"x"})
    )
    yield Case("nothing that can be taken", macros.as_bytes(), "refused", "documents taken: 0 of 1")
    yield Case("no text at all", bytes(range(256)) * 40, "refused", "")
    yield Case("nothing", b"", "refused", "")
    subject = good.replace(b"Subject: Re:", b"Subject: =?utf-99?q?=FF?= \xff\x00 Re:")
    yield Case("a subject in no encoding", subject, "taken", "documents taken: 1 of 1", ("views.docx",))


CASES: tuple[Callable[[Letters], Iterator[Case]], ...] = (
    _taken,
    _to_be_read,
    _forged,
    _of_machines,
    _hostile,
)


def letters_of(installation: Installation) -> Letters:
    """Return the letters by which an installation asked whoever writes, and another."""
    with reading(installation.engine) as session:
        called = {
            n.person: str(n.letter) for n in notices_of(session) if n.kind == "call-for-inputs" and n.letter
        }
    return Letters(called[PERSON], called["who"], message_id("notice guessed", "example.org"))


def every_case(letters: Letters) -> list[Case]:
    """Return every mail, each once."""
    return [case for cases in CASES for case in cases(letters)]
