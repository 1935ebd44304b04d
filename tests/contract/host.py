"""A file host on loopback, and how the tests of the download ask."""

from __future__ import annotations

import asyncio

import pytest

from errors import NotAvailable, ResultLost, StudioError
from providers.http.address import NOBODY, Trusted
from providers.http.download import fetch

HOME: Trusted = frozenset({("127.0.0.1", 80), ("127.0.0.1", 9)})


async def lose(url: str, trusted: Trusted = NOBODY) -> StudioError:
    with pytest.raises((ResultLost, NotAvailable)) as caught:
        await fetch(url, trusted, "fal")
    assert caught.value.provider == "fal" and caught.value.created is True
    return caught.value


class Host:
    """A file host on loopback: answers by path, remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.asked: list[tuple[str, bytes]] = []
        self.port = 0

    @property
    def home(self) -> Trusted:
        """What an operator trusts who named this host as a base URL."""
        return frozenset({("127.0.0.1", self.port)})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split()[1].decode()
        self.asked.append((path, head))
        writer.write(self.answers.get(path, b"HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n"))
        await writer.drain()
        writer.close()

    def say(self, path: str, status: int, body: bytes = b"", **headers: str) -> str:
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [] if "Content_Length" in headers else [f"Content-Length: {len(body)}"]
        text = f"HTTP/1.1 {status} x\r\n" + "".join(f"{line}\r\n" for line in lines) + "\r\n"
        self.answers[path] = text.encode() + body
        return f"http://127.0.0.1:{self.port}{path}"
