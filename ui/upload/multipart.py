"""Cuts an upload's body (multipart/form-data) into files, each on the disk as it comes.

Gradio's own reader keeps what is no file in memory, names folders by what is in the file, and
leaves behind what came before a client hung up.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from i18n import say
from studio.results.image_files import remove
from studio.uploads.register import FILE_BYTES, MEGABYTE, REQUEST_FILES, UploadRefused

FIELD: Final = "files"
LONGEST_FIELD: Final = 100
LONGEST_NAME: Final = 120  # bytes; file systems take 255
PARTS: Final = REQUEST_FILES + 20  # gradio's clients send nothing but files
HEADERS: Final = 8  # of one part
HEADER_BYTES: Final = 8192  # one header line
LONGEST_ENDING: Final = 20
UNSAFE: Final = re.compile(r'[<>:"|?*&;`$#%{}]')  # to file systems, shells or addresses
WINDOWS: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", re.IGNORECASE)
FOLDER_BYTES: Final = 18  # of randomness in a folder's name


@dataclass
class Part:
    """A file that is coming, or has come."""

    # As the sender calls it.
    name: str
    # Where it is written.
    path: Path
    # The same, opened.
    file: IO[bytes]
    # How many have come.
    bytes: int = 0


class Multipart:
    """One request's body. `write` and `discard` touch the disk, so they are for threads.

    `boundary`: what stands between the parts. `folder`: where each file gets a random folder of
    its own, for this user alone. `on_bytes`: called with a file's name and how many of its bytes
    came.
    """

    def __init__(self, boundary: bytes, folder: Path, on_bytes: Callable[[str, int], None]) -> None:
        self.files: list[Part] = []
        self._folder, self._on_bytes = folder, on_bytes
        self._lock = threading.Lock()
        self._open: Part | None = None
        self._parts, self._ended, self._discarded = 0, False, False
        self._header, self._value, self._disposition = b"", b"", b""
        calls = {name: getattr(self, f"_{name}") for name in (
            "on_part_begin", "on_header_field", "on_header_value", "on_header_end",
            "on_headers_finished", "on_part_data", "on_part_end", "on_end",
        )}  # fmt: skip
        with _readable():
            self._parser = MultipartParser(
                boundary,
                calls,  # type: ignore[arg-type]
                max_header_count=HEADERS,
                max_header_size=HEADER_BYTES,
            )

    def write(self, data: bytes) -> None:
        """Take in the next bytes of the body. Raises `UploadRefused`; for a full disk, or a folder
        that cannot be written to, with status 507."""
        with self._lock:
            if self._discarded:
                return  # whoever waited for it is gone
            try:
                with _readable():
                    self._parser.write(data)
            except OSError as error:
                raise UploadRefused(507, say("upload.disk")) from error

    def finish(self) -> list[Part]:
        """The files, when all of the body has come. Raises `UploadRefused` for a body that is cut
        short or has no file."""
        if not self._ended:
            raise UploadRefused(400, say("upload.cut"))
        if not self.files:
            raise UploadRefused(400, say("upload.empty", field=FIELD))
        return self.files

    def discard(self) -> None:
        """Delete whatever came."""
        with self._lock:
            self._discarded = True
            for part in self.files:
                part.file.close()
                remove(part.path)

    def _on_part_begin(self) -> None:
        self._parts += 1
        self._disposition = b""
        if self._parts > PARTS:
            raise UploadRefused(413, say("upload.files", most=REQUEST_FILES))

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        field = options.get(b"name", b"").decode("utf-8", "replace")
        if not field or len(field) > LONGEST_FIELD:
            raise UploadRefused(400, say("upload.field", field=FIELD))
        if b"filename" not in options:
            return  # a plain value: nobody reads it, so nobody keeps it
        if field != FIELD:
            raise UploadRefused(400, say("upload.field", field=FIELD))
        if len(self.files) >= REQUEST_FILES:
            raise UploadRefused(413, say("upload.files", most=REQUEST_FILES))
        self._open = self._make(options[b"filename"].decode("utf-8", "replace"))

    def _make(self, given: str) -> Part:
        """A file of the sender's name in a folder nobody can guess."""
        name = safe_name(given)
        place = self._folder / secrets.token_urlsafe(FOLDER_BYTES)
        place.mkdir(parents=True, mode=0o700)
        try:
            # Never one that is there, whatever leads to it.
            number = os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            place.rmdir()
            raise
        part = Part(given, place / name, os.fdopen(number, "wb"))
        self.files.append(part)
        return part

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        part = self._open
        if part is None:
            return
        part.bytes += end - start
        if part.bytes > FILE_BYTES:
            most = FILE_BYTES // MEGABYTE
            raise UploadRefused(413, say("upload.large", name=part.path.name, most=most))
        part.file.write(data[start:end])
        self._on_bytes(part.name, end - start)

    def _on_part_end(self) -> None:
        if self._open is not None:
            self._open.file.close()  # writes what is left: a full disk may show here
        self._open = None

    def _on_end(self) -> None:
        self._ended = True


class _readable:  # noqa: N801
    """Raise `UploadRefused` for a body that is not what its header says."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, FormParserError):
            raise UploadRefused(400, say("upload.form")) from error


def boundary_of(content_type: str) -> bytes:
    """What stands between the parts. Raises `UploadRefused` for another kind of body."""
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise UploadRefused(415, say("upload.kind", field=FIELD))
    if not options.get(b"boundary"):
        raise UploadRefused(400, say("upload.form"))
    return options[b"boundary"]


def safe_name(given: str) -> str:
    """A file's name as it may stand on any disk: without folders, control signs, signs that turn
    the direction of writing, names that Windows keeps for itself, at most 120 bytes.

    Raises `UploadRefused` for a blank one.
    """
    if not given.strip():
        raise UploadRefused(400, say("upload.nameless"))
    last = given.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    whole = UNSAFE.sub("", seen).strip(" .")
    stem, dot, ending = whole.rpartition(".")
    stem, ending = (stem, _cut(dot + ending, LONGEST_ENDING)) if dot else (whole, "")
    name = _cut(stem, LONGEST_NAME - len(ending.encode())) + ending
    return f"_{name}" if WINDOWS.match(name) else name or "file"


def _cut(text: str, most: int) -> str:
    """As much of it as so many bytes hold."""
    return text.encode()[:most].decode("utf-8", "ignore")
