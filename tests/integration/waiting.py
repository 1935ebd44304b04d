"""Waiting for what must happen, with a generous limit and the measured time as the answer."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT = 30.0


def until(condition: Callable[[], object], limit: float = LIMIT) -> float:
    """Seconds until the condition held. Fails after `limit`."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > limit:
            raise AssertionError(f"it did not happen in {limit:.0f} s")
        time.sleep(0.02)
    return time.monotonic() - started
