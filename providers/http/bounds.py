"""How large an answer may be and how long it may take in all, by kind of call.

Sizes in bytes, after unpacking; times in seconds, from the first attempt to connect to the last
byte. What is larger or slower than its kind is cut off: a POST has an unknown outcome then,
anything else is asked again. One byte a second would otherwise hold a job's place for as long as it
likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import httpx

MEGABYTE: Final = 1024**2
ANSWER_BYTES: Final = MEGABYTE  # where a job stands, that it was taken, what it costs
LIST_BYTES: Final = 4 * MEGABYTE
PICTURES_BYTES: Final = 96 * MEGABYTE  # ten 4K pictures as base64 still fit
TEXT_BYTES: Final = 8 * MEGABYTE  # all events of one text
EXPLAINED_BYTES: Final = 256_000  # of a failed answer, which may quote the whole prompt
PIECES: Final = 20_000  # parts of a chunked body: a byte each would cost a second a 30 kB
NAME: Final = "easel_bounds"


@dataclass(frozen=True, slots=True)
class Bounds:
    """At most so many bytes, in so many seconds in all."""

    # Bytes of the body, unpacked.
    most: int
    # From the request's first byte to the answer's last.
    seconds: float

    @property
    def mark(self) -> dict[str, Any]:
        """It as an httpx extension: what a request is sent with, so that the transport knows."""
        return {NAME: self}


STATUS: Final = Bounds(ANSWER_BYTES, 30.0)
SUBMIT: Final = Bounds(ANSWER_BYTES, 110.0)  # the pictures inside may take a slow line that long
LIST: Final = Bounds(LIST_BYTES, 30.0)
LOOK_UP: Final = Bounds(ANSWER_BYTES, 15.0)
RESULT: Final = Bounds(PICTURES_BYTES, 45.0)  # may hold pictures as data URIs


def pictures_within(seconds: float) -> Bounds:
    """Of an answer that carries the pictures and comes when they are made."""
    return Bounds(PICTURES_BYTES, seconds)


def text_within(seconds: float) -> Bounds:
    """Of a text that comes as it is written."""
    return Bounds(TEXT_BYTES, seconds)


def bounds_of(request: httpx.Request) -> Bounds:
    """Those that a request is marked with, else those of a submission or of a question."""
    found = request.extensions.get(NAME)
    if isinstance(found, Bounds):
        return found
    return SUBMIT if request.method in ("POST", "PUT") else STATUS
