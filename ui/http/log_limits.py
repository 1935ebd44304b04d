"""Keeps the log useful to whoever runs the app: our own faults with their place in the code,
nothing of what was asked, and no flood when one thing happens a thousand times.

Easel writes no file of its own; everything goes to the error output.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from time import monotonic
from typing import Final

LOGGERS: Final = ("easel", "uvicorn.error", "asyncio", "gradio", "httpx", "httpcore")
EACH_A_MINUTE: Final = 3  # lines that say the same
ALL_A_MINUTE: Final = 60
MINUTE: Final = 60.0
LONGEST_LINE: Final = 500
CHAIN: Final = 4


class BriefLog(logging.Filter):
    """A filter that shortens records and drops those that come too often; how many were dropped
    is told by the next of its kind."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._since = clock()
        self._all = 0
        self._seen: dict[tuple[str, ...], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; False to drop it."""
        error = record.exc_info[1] if record.exc_info else None
        place = place_of(error) if error else ""
        key = (record.name, str(record.msg)[:LONGEST_LINE].partition("\n")[0], place)
        dropped = self._count(key)
        if dropped is None:
            return False
        # Asyncio writes the exception's message behind the first line.
        line = record.getMessage().partition("\n")[0][:LONGEST_LINE]
        more = f" ({dropped} more like this before.)" if dropped else ""
        record.msg, record.args = f"{line}{more}", ()
        record.exc_info, record.exc_text = None, brief_traceback(error) if error else None
        return True

    def _count(self, key: tuple[str, ...]) -> int | None:
        """How many of this kind were dropped before this one, None to drop it as well."""
        now = self._clock()
        if now - self._since >= MINUTE:
            self._since, self._all = now, 0
            late = {each: n - EACH_A_MINUTE for each, n in self._seen.items()}
            self._seen = {each: -n for each, n in late.items() if n > 0}
        before = self._seen.get(key, 0)
        if before < 0:  # what the last minute dropped
            self._seen[key], self._all = 1, self._all + 1
            return -before
        self._seen[key] = before + 1
        if before >= EACH_A_MINUTE or self._all >= ALL_A_MINUTE:
            return None
        self._all += 1
        return 0


def brief_traceback(error: BaseException) -> str:
    """Where it happened and what kind it is. The message is left out: pydantic's and many others
    repeat the value they complain about."""
    parts, at = [], error
    for _ in range(CHAIN):
        why = f": {at.strerror}" if isinstance(at, OSError) and at.strerror else ""
        parts.append(f"{''.join(traceback.format_tb(at.__traceback__))}{type(at).__name__}{why}")
        before = at.__cause__ or at.__context__
        if before is None:
            break
        at = before
    return "\n".join(reversed(parts))


def place_of(error: BaseException) -> str:
    """The kind of an exception and the last place in the code it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    last = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {last}"


def keep_log_brief(brief: logging.Filter | None = None) -> None:
    """Put the filter before every logger that writes to the error output."""
    one = brief or BriefLog()
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.filters = [each for each in logger.filters if not isinstance(each, BriefLog)]
        logger.addFilter(one)
