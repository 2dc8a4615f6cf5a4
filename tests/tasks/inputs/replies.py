"""Replies as mail programs write them in six languages: how they quote a letter below it."""

from collections.abc import Iterator

FROM = "Secretariat <mandates@example.org>"

# What Gmail writes above a letter that it quotes. It has no blank before a colon, and a thin one in French.
_GMAIL = {
    "en": f"On Fri, Oct 8, 2027 at 9:00 AM {FROM} wrote:",
    "en, wrapped": "On Fri, Oct 8, 2027 at 9:00 AM The Secretariat <\nmandates@example.org> wrote:",
    "fr": f"Le ven. 8 oct. 2027 à 09:00, {FROM} a écrit :",
    "fr, thin blank": f"Le ven. 8 oct. 2027 à 09:00, {FROM} a écrit\u202f:",
    "es": "El vie, 8 oct 2027 a las 9:00, Secretariat (<mandates@example.org>) escribió:",
}
# Here the line stays in what is shown: no library knows it, and nothing is lost by it.
_GMAIL_UNKNOWN = {
    "ru": f"пт, 8 окт. 2027 г. в 09:00, {FROM}:",
    "zh": f"{FROM} 于2027年10月8日周五 09:00写道：",
    "ar": f"في الجمعة، 8 أكتوبر 2027 في 9:00 ص تمت كتابة ما يلي بواسطة {FROM}:",
}
# Apple Mail quotes its own line too.
_APPLE = {
    "en": f"On 8 Oct 2027, at 09:00, {FROM} wrote:",
    "fr": f"Le 8 oct. 2027 à 09:00, {FROM} a écrit :",
    "es": f"El 8 oct 2027, a las 9:00, {FROM} escribió:",
    "ru": f"8 окт. 2027 г., в 09:00, {FROM} написал(а):",
    "zh": f"2027年10月8日 09:00，{FROM} 写道：",
    "ar": f"في ٨ أكتوبر ٢٠٢٧، الساعة ٩:٠٠ ص، كتب {FROM}:",
}
_OUTLOOK = {
    "en": ("From: {}", "Sent: Friday, October 8, 2027 9:00 AM", "To: ILO", "Subject: Request for inputs"),
    "fr": ("De : {}", "Envoyé : vendredi 8 octobre 2027 09:00", "À : ILO", "Objet : Demande"),
    "fr, hard blank": (
        "De\u00a0: {}",
        "Envoyé\u00a0: vendredi 8 octobre",
        "À\u00a0: ILO",
        "Objet\u00a0: Demande",
    ),
    "es": ("De: {}", "Enviado: viernes, 8 de octubre de 2027 9:00", "Para: ILO", "Asunto: Solicitud"),
    "ru": ("От: {}", "Отправлено: 8 октября 2027 г. 9:00", "Кому: ILO", "Тема: Запрос"),
}
_OUTLOOK_UNKNOWN = {
    "zh": ("发件人: {}", "发送时间: 2027年10月8日 9:00", "收件人: ILO", "主题: 请求"),
    "ar": ("من: {}", "تم الإرسال: 08/10/2027 09:00", "إلى: ILO", "الموضوع: طلب"),
}
OWN = {
    "en": "Nothing to add.\n\nBest regards,\nA. Person",
    "fr": "Nous n’avons rien à ajouter.\n\n-- \nUne personne",
    "es": "Necesitamos dos semanas más.",
    "ru": "Нам нечего добавить.",
    "zh": "我们没有补充。",
    "ar": "ليس لدينا ما نضيفه.",
}


def marked(text: str) -> str:
    """Return a text as it is quoted line by line."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _own(name: str) -> str:
    return OWN[name.partition(",")[0]]


def cut(plain: str, page: str) -> Iterator[tuple[str, str, str]]:
    """Yield replies to a letter, given as plain text and as a page's text: name, text, what is shown."""
    for name, line in _GMAIL.items():
        yield f"Gmail {name}", f"{_own(name)}\n\n{line}\n\n{marked(plain)}\n", _own(name)
    for name, line in _GMAIL_UNKNOWN.items():
        yield f"Gmail {name}", f"{_own(name)}\n\n{line}\n\n{marked(plain)}\n", f"{_own(name)}\n\n{line}"
    for name, line in _APPLE.items():
        quoted = marked(f"{line}\n\n{plain}")
        yield f"Apple Mail {name}", f"{_own(name)}\n\n{quoted}\n", _own(name)
    for name, lines in _OUTLOOK.items():
        head = "\n".join(lines).format(FROM)
        for program, text in (("Outlook", page), ("Outlook, plain text", plain)):
            yield f"{program} {name}", f"{_own(name)}\n\n{head}\n\n{text}", _own(name)
        yield f"Outlook on the web {name}", f"{_own(name)}\n{'_' * 32}\n{head}\n\n{page}", _own(name)


def whole(plain: str, page: str) -> Iterator[tuple[str, str]]:
    """Yield replies of which everything is shown: their sender's words may be anywhere."""
    on, head = _GMAIL["en"], "\n".join(_OUTLOOK["en"]).format(FROM)
    first, after = plain.strip().split("\n", 1)
    yield "no quotation", "Nothing to add."
    yield "nothing at all", ""
    yield "below", f"{on}\n\n{marked(plain)}\n\nNothing to add."
    yield "between", f"See below.\n\n{on}\n\n{marked(first)}\nNo.\n{marked(after)}"
    yield "below a short quotation", f"See below.\n\n{on}\n> {first}\nNothing to add."
    yield "below, in Outlook", f"See below.\n\n{head}\n\n{page}\n\nNothing to add."
    lines = page.strip().splitlines()
    middle = len(lines) // 2
    inside = "\n".join([*lines[:middle], "No", *lines[middle:]])
    yield "a word between, in Outlook", f"See below.\n\n{head}\n\n{inside}"
    yield "under the headers, in Outlook", f"See below.\n\n{head}\nNothing to add\n\n{page}"
    yield "another's letter, in Outlook", f"See below.\n\n{head}\n\nDear all, we have nothing to add.\n"
    yield "our letter forwarded alone", f"{head}\n\n{page}"
    for name, known in _OUTLOOK_UNKNOWN.items():
        head = "\n".join(known).format(FROM)
        yield f"Outlook {name}", f"{_own(name)}\n\n{head}\n\n{page}"
    yield "more lines than mails have", f"None.\n\n{on}\n\n" + "> x\n" * 2000
