"""PDF files, looked into object by object: also those inside compressed object streams, and the trailer."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf

from input_packages.reading.guarding.pdf_objects import refusals_of_dictionary
from input_packages.reading.limits import Limits
from input_packages.reading.refusals import Refusal

_PAST_A_LIMIT = "limits error"  # how qpdf says that it put nothing in the place of an object
_DEEPEST = 64  # levels of direct objects in one another; qpdf itself stops at a few hundred


def refusals_of(content: bytes, limits: Limits) -> list[Refusal]:
    """Return everything a PDF file is refused for, each once.

    A file that opens without a password is not locked, though its owner may forbid to copy it.
    """
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if not len(pdf.pages):
                return [Refusal.DAMAGED]
            heavy = [Refusal.TOO_HEAVY] if len(pdf.pages) > limits.pages else []
            return list(dict.fromkeys([*heavy, *_active(pdf), *_left_out(pdf)]))
    except pikepdf.PasswordError:
        return [Refusal.ENCRYPTED]
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return [Refusal.DAMAGED]


def _active(pdf: pikepdf.Pdf) -> Iterator[Refusal]:
    waiting: list[tuple[pikepdf.Object, int]] = [(each, 0) for each in (pdf.trailer, *pdf.objects)]
    while waiting:
        each, depth = waiting.pop()
        if depth > _DEEPEST:
            yield Refusal.TOO_HEAVY
            return
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            found = dict(each.items())
            yield from refusals_of_dictionary(found, is_stream=isinstance(each, pikepdf.Stream))
            waiting += _direct(found.values(), depth)
        elif isinstance(each, pikepdf.Array):
            waiting += _direct(each, depth)


def _left_out(pdf: pikepdf.Pdf) -> Iterator[Refusal]:
    """Yield a refusal where qpdf read nothing of an object, because it stands deeper than it looks."""
    if any(_PAST_A_LIMIT in str(warning) for warning in pdf.get_warnings()):
        yield Refusal.TOO_HEAVY


def _direct(values: object, depth: int) -> Iterator[tuple[pikepdf.Object, int]]:
    """Yield the objects that stand inside another one; those that are referred to come by themselves."""
    yield from ((v, depth + 1) for v in values if isinstance(v, pikepdf.Object) and not v.is_indirect)  # type: ignore[attr-defined]  # arrays and views alike
