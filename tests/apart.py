"""Coroutines run to their end, whatever else has an event loop."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Found = TypeVar("Found")


def finished(coroutine: Coroutine[Any, Any, Found]) -> Found:
    """Run a coroutine in a thread of its own: a browser opened for other tests keeps this thread's loop."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, coroutine).result()
