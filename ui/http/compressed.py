"""Answers that are the same for everyone who asks alike: compressed once, and kept.

Gradio builds the page anew for every visitor, 0.7 MB of it, and sends it plain; its scripts it
compresses for each of them, on the event loop (gradio 6.31, measured 2026-11-30).
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]
from starlette.datastructures import Headers
from starlette.responses import Response

# Brotli's ninth step takes four times as long as the sixth, for 4 % of the bytes.
BROTLI_QUALITY = 6
MOST_BYTES = 16 * 1024 * 1024  # of all that is kept, compressed


@dataclass(frozen=True)
class Kept:
    """One answer."""

    # Its body in one encoding,
    brotli: bytes
    # and in the other.
    gzip: bytes
    # A digest of the body, as HTTP writes it.
    etag: str
    # Those of the answer as it was made that go with any encoding.
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """Bytes of memory, nearly."""
        return len(self.brotli) + len(self.gzip)

    def answer(self, asking: Headers, fixed: dict[str, str], *, again: bool) -> Response:
        """As the asker can read it. `fixed`: headers that go with every one of them. `again`:
        whether one who has it already may be told so, instead of being sent it once more."""
        headers = dict(self.headers) | {"vary": "Accept-Encoding"} | fixed
        if again:
            headers["etag"] = self.etag
            known = [each.strip() for each in asking.get("if-none-match", "").split(",")]
            if self.etag in known:
                return Response(status_code=304, headers=headers)
        readable = accepted(asking.get("accept-encoding", ""))
        if "br" in readable:
            return Response(self.brotli, headers=headers | {"content-encoding": "br"})
        if "gzip" in readable:
            return Response(self.gzip, headers=headers | {"content-encoding": "gzip"})
        return Response(gzip.decompress(self.gzip), headers=headers)


class CompressedAnswers:
    """Answers by whatever they differ in; beyond `most` bytes the longest unused go.

    May be asked from several threads at once: what is missing is made by the first alone.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        """What is kept under a key."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def get_or_make(self, key: Hashable, make: Callable[[], Response]) -> Kept | Response:
        """What is kept under a key, made if need be. An answer other than 200 is not kept."""
        if known := self.get(key):
            return known
        with self._lock:
            turn = self._locks.setdefault(key, threading.Lock())
        try:
            with turn:
                if known := self.get(key):
                    return known
                made = make()
                if made.status_code != 200:
                    return made
                kept = compress(made)
                self._keep(key, kept)
                return kept
        finally:
            with self._lock:
                self._locks.pop(key, None)

    def _keep(self, key: Hashable, kept: Kept) -> None:
        with self._lock:
            self._kept[key] = kept
            while sum(each.size for each in self._kept.values()) > self._most:
                self._kept.popitem(last=False)


def compress(made: Response) -> Kept:
    """An answer in both of the forms that browsers read. Takes 25 ms for 0.7 MB."""
    body = bytes(made.body)
    headers = tuple((name, value) for name, value in made.headers.items() if name in KEPT_HEADERS)
    return Kept(
        brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
        gzip.compress(body, mtime=0),
        f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        headers,
    )


KEPT_HEADERS = ("content-type", "last-modified")


def accepted(header: str) -> set[str]:
    """The encodings of an Accept-Encoding header that are not refused in it (`br;q=0`)."""
    encodings = set()
    for each in header.lower().split(","):
        name, _, rest = each.partition(";")
        weight = rest.strip().removeprefix("q=").strip() if rest else "1"
        try:
            wanted = float(weight) > 0
        except ValueError:
            wanted = False
        if wanted:
            encodings.add(name.strip())
    return encodings
