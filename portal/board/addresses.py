"""The addresses of the pages, and what a reader may ask of the board."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

from records.overview import Wanted


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where each page of one language is."""

    language: str

    def board(self, wanted: Wanted | None = None, **change: Any) -> str:  # noqa: ANN401 (fields of Wanted)
        """Return the address of the board as `wanted`, with some of that changed."""
        asked = replace(wanted or Wanted(), **change)
        pairs = {"q": asked.words, "state": asked.state, "holder": asked.holder}
        query = urlencode({k: v for k, v in pairs.items() if v} | _page(asked.page))
        return f"/{self.language}/{'?' if query else ''}{query}"

    def obligation(self, obligation: str) -> str:
        """Return the address of the page of an obligation."""
        return f"/{self.language}/obligations/{quote(obligation, safe='')}"

    def cycle(self, cycle: str) -> str:
        """Return the address of the page of a cycle, by its key."""
        return f"/{self.language}/cycles/{quote(cycle)}"

    def notice(self, cycle: str, notice_key: str) -> str:
        """Return the address of the message of a notice about a cycle."""
        return f"{self.cycle(cycle)}/notices/{short(notice_key)}"

    def page(self, name: str, page: int = 1) -> str:
        """Return the address of another page: findings, load, rolls, people, statements or health."""
        query = urlencode(_page(page))
        return f"/{self.language}/{name}{'?' if query else ''}{query}"

    def let_in(self, link: str = "") -> str:
        """Return the address that a link leads to; without it, the one that uses a link up."""
        return f"/{self.language}/let-in{'?' if link else ''}{urlencode({'link': link} if link else {})}"

    def in_language(self, path: str, language: str) -> str:
        """Return the address of the same page in another language."""
        return f"/{language}/{path.removeprefix(f'/{self.language}/')}"


def short(notice_key: str) -> str:
    """Return a short name for a notice that is safe in an address."""
    return sha256(notice_key.encode()).hexdigest()[:16]


def _page(page: int) -> dict[str, int]:
    return {"page": page} if page > 1 else {}
