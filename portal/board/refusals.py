"""What is refused: the page that says what was asked, why there is none, and where to go."""

from dataclasses import dataclass

from language.catalogues import english, languages, translations


@dataclass(frozen=True, slots=True)
class Refusal:
    """What one status means to the reader."""

    heading: str
    advice: str
    command: str = ""


_LETS_IN = "mandates desk let-in NAME"

REFUSALS = {
    400: Refusal(
        english("This request was not understood"),
        english("A part of the address is not one that this page knows, such as a state or a page number."),
    ),
    401: Refusal(
        english("This board is shown to those who were let in"),
        english(
            "Ask the secretariat for an address that lets you in, or print one in a terminal on the server "
            "with the command below. It works once, within ten minutes. If you were let in with this browser "
            "already, go on to the board."
        ),
        _LETS_IN,
    ),
    403: Refusal(
        english("This address does not let you in"),
        english(
            "It works once, within ten minutes after it was given. Ask the secretariat for another one, or "
            "print one in a terminal on the server with the command below."
        ),
        _LETS_IN,
    ),
    404: Refusal(
        english("There is no such page"),
        english("It may have been written wrongly, or what it showed no longer follows from the facts."),
    ),
    405: Refusal(
        english("These pages can only be read"),
        english("What happened is recorded with the command line, by the secretariat."),
    ),
    410: Refusal(
        english("This address has been withdrawn"),
        english("The calendar it led to is no longer shared here. Ask the secretariat for a new address."),
    ),
    414: Refusal(
        english("This address is too long"),
        english("Search for fewer or shorter words."),
    ),
    500: Refusal(
        english("Something went wrong here"),
        english(
            "This error was not caused by you. The secretariat can find the reason in the log of the board."
        ),
    ),
    503: Refusal(
        english("The record cannot be read at the moment"),
        english("Nothing is lost. Please try again in a minute."),
    ),
}


def refusal(status: int, language: str) -> Refusal:
    """Return what a status means, in words of the language."""
    found = REFUSALS.get(status, REFUSALS[400 if status < 500 else 500])  # noqa: PLR2004 (the reader's doing, or ours)
    say = translations(language).gettext
    return Refusal(say(found.heading), say(found.advice), found.command)


def spoken_by(path: str, accepted: str) -> str:
    """Return the language of an address, else the first one a browser accepts and we have, else English."""
    wished = [path.split("/")[1] if path.count("/") else "", *_accepted(accepted)]
    return next((code for code in wished if code in languages()), "en")


def _accepted(header: str) -> list[str]:
    """Return the languages of an `Accept-Language` header (RFC 9110, 12.5.4), the best liked first."""
    liked = []
    for part in header[:200].split(","):
        code, _, rest = part.strip().partition(";")
        quality = rest.strip().removeprefix("q=")
        liked.append((-_number(quality), code.partition("-")[0].lower()))
    return [code for _, code in sorted(liked, key=lambda pair: pair[0])]


def _number(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
