"""Reads a body as it comes, unpacked by us: a megabyte of gzip may hold a gigabyte.

httpx unpacks each 64 kB off the line at once, and packings inside packings one after the other, so
that no cap on what comes out would be asked in time. Here every piece is at most 64 kB, and there
is one packing or none.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Final

import httpx

from providers.http.bounds import PIECES

WANTED: Final = "gzip"  # what a request says it takes
PIECE: Final = 64 * 1024
GZIP, RAW = 16 + zlib.MAX_WBITS, -zlib.MAX_WBITS
BREATH: Final = 64  # pieces between two turns for everybody else


class TooLarge(httpx.ReadError):
    """More bytes than such an answer may have."""


async def pieces(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """The unpacked body, at most 64 kB at a time. Raises `httpx.RequestError` for a cut line, a
    packing that is damaged or not asked for, and a body in too many parts."""
    if response.is_stream_consumed:  # made here, by a test or a library, not read off a line
        yield response.content
        return
    packing = response.headers.get("content-encoding", "").strip().lower()
    unpack = Unpacking(packing)
    count = 0
    async for raw in response.aiter_raw():
        for piece in unpack.feed(raw):
            yield piece
        count += 1
        if count > PIECES:
            raise TooLarge("the answer came in too many parts")
        if count % BREATH == 0:  # what is there already is read without a pause
            await asyncio.sleep(0)
    unpack.end()


async def read_body(response: httpx.Response, most: int, *, cut: bool = False) -> bytes:
    """The body in full, of at most so many bytes; with `cut`, its beginning. Closes the response.

    Raises `TooLarge`.
    """
    body = bytearray()
    try:
        async with aclosing(pieces(response)) as found:
            async for piece in found:
                body += piece
                if len(body) > most:
                    if cut:
                        break
                    raise TooLarge("the answer is too large")
    finally:
        await response.aclose()
    return bytes(body[:most])


class Unpacking:
    """One packing, undone in small pieces."""

    def __init__(self, packing: str) -> None:
        self._packing = packing
        self._fed = False
        self._decoder: zlib._Decompress | None = None
        if packing in ("gzip", "x-gzip"):
            self._decoder = zlib.decompressobj(GZIP)
        elif packing == "deflate":
            self._decoder = zlib.decompressobj()
        elif packing not in ("", "identity"):
            raise httpx.DecodingError("the answer is packed in a way that was not asked for")

    def feed(self, raw: bytes) -> Iterator[bytes]:
        """What comes out of the next bytes."""
        left, decoder = raw, self._decoder
        if decoder is None:
            yield raw
        while decoder is not None:
            piece, decoder = self._undo(left, decoder)
            if piece:
                yield piece
            left = decoder.unconsumed_tail
            if not left and len(piece) < PIECE:
                return

    def end(self) -> None:
        """The line has ended. Raises `httpx.DecodingError` when the packing has not."""
        if self._decoder is not None and self._fed and not self._decoder.eof:
            raise httpx.DecodingError("the packed answer was cut")

    def _undo(self, raw: bytes, decoder: zlib._Decompress) -> tuple[bytes, zlib._Decompress]:
        first, self._fed = not self._fed, self._fed or bool(raw)
        try:
            return decoder.decompress(raw, PIECE), decoder
        except zlib.error as error:
            if first and self._packing == "deflate":  # some send it without its frame
                self._decoder = zlib.decompressobj(RAW)
                return self._undo(raw, self._decoder)
            raise httpx.DecodingError("the answer is not packed as it says") from error
