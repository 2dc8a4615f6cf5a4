"""The board as files: every page that the served one links to, with links that work from a folder."""

import asyncio
import hashlib
import os.path
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import escape, unescape
from pathlib import Path

import httpx

from portal.board.app import create_app
from portal.board.data import BoardData
from portal.board.rendering import offered

_LINK = re.compile(r'href="(/[^"]*)"')
_NAME = "http://localhost"


async def _read(board_data: BoardData, tell: Callable[[int, int], None]) -> dict[str, httpx.Response]:
    transport = httpx.ASGITransport(create_app(board_data, door=None))
    read: dict[str, httpx.Response] = {}
    waiting = dict.fromkeys(f"/{language}/" for language in offered())
    async with httpx.AsyncClient(transport=transport, base_url=_NAME) as client:
        while waiting:
            address, _ = waiting.popitem()
            read[address] = await client.get(address)
            waiting |= dict.fromkeys(link for link in _links(read[address]) if link not in read)
            tell(len(read), len(read) + len(waiting))
    return read


def write_board(board_data: BoardData, folder: Path, tell: Callable[[int, int], None]) -> int:
    """Write every page below `folder` and return how many there are; `tell` hears of how many are done.

    A page that cannot be made is written as its refusal.
    """
    with ThreadPoolExecutor(1) as own:  # a thread of its own: the caller's may have a loop already
        read = own.submit(lambda: asyncio.run(_read(board_data, tell))).result()
    for address, answer in read.items():
        file = folder / file_of(address)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_relinked(answer, address) if _is_page(answer) else answer.content)
    return len(read)


def file_of(address: str) -> str:
    """Return the file of an address: `/en/` is `en/index.html`, and a query becomes a part of the name."""
    path, _, query = address.partition("?")
    asked = f"-{hashlib.sha256(query.encode()).hexdigest()[:10]}" if query else ""
    if path.endswith("/"):
        return f"{path[1:]}index{asked}.html"
    if path.startswith(("/packages/", "/statements/")):
        return path[1:]
    return f"{path[1:]}{asked}.html"


def _links(answer: httpx.Response) -> Iterator[str]:
    if _is_page(answer):
        yield from (unescape(link).partition("#")[0] for link in _LINK.findall(answer.text))


def _relinked(answer: httpx.Response, address: str) -> bytes:
    here = Path(file_of(address)).parent

    def relative(link: re.Match[str]) -> str:
        target = os.path.relpath(file_of(unescape(link[1])), here).replace(os.sep, "/")
        return f'href="{escape(target)}"'

    return _LINK.sub(relative, answer.text).encode()


def _is_page(answer: httpx.Response) -> bool:
    return str(answer.headers.get("content-type", "")).startswith("text/html")
