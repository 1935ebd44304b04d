"""The pictures that come with a request, decoded as the service would decode them.

A field of type "picture" (see schema.py) holds a data URI or the address of a file that was
uploaded to the same service and is still there. Nothing else is fetched: the emulators have no
network, and an adapter has no reason to send any other address.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from PIL import Image

DATA_URI = re.compile(r"^data:(?P<mime>[^;,]*)(?P<more>(?:;[^;,]+)*),(?P<body>.*)$", re.DOTALL)
# What every one of the services decodes; a phone's MPO is a JPEG with a second picture behind.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
EMPTY_EXIF = 32  # bytes that a block without a single tag stays below


@dataclass
class Upload:
    """A file given to a service before the job. `data` is None until the bytes have come.

    `path` is where it is read again, on this server (at fal the whole address), for `lifetime`
    seconds from `created` (a time.time()); `headers` must come with the bytes.
    """

    id: str
    service: str
    path: str
    name: str
    content_type: str
    data: bytes | None = field(default=None, repr=False)
    size: int = 0
    created: float = field(default_factory=time.time)
    metadata: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    lifetime: float = 7 * 24 * 3600.0

    @property
    def readable(self) -> bool:
        """Whether the bytes have come and are still kept."""
        return self.data is not None and time.time() - self.created <= self.lifetime


@dataclass(frozen=True)
class Received:
    """A picture that reached a service: its file as sent, and what a decoder made of it.

    `name` is that of the field ("image_urls", "mask"), `claimed` the media type the sender
    gave, `format` the true one (png, jpeg, mpo, webp, gif), `way` data, upload, form or body.
    `metadata` names what tells more than pixels: exif, gps, xmp, iptc, comment, text.
    """

    name: str
    data: bytes = field(repr=False)
    claimed: str
    format: str
    width: int
    height: int
    way: str
    metadata: tuple[str, ...] = ()


class Unreadable(Exception):
    """A picture that cannot be had. `kind`: uri (no address at all), media (a data URI that is
    not a picture, or not base64), gone (an address where the service finds nothing), picture (it
    cannot be decoded). `at` is the place in a list, or None."""

    def __init__(self, kind: str, field: str, at: int | None, value: str) -> None:
        super().__init__(kind, field)
        self.kind, self.field, self.at, self.value = kind, field, at, value


class Shelf(Protocol):
    """Whoever keeps the uploads, by their path on this server."""

    uploads: dict[str, Upload]


def pictures_in(given: dict[str, Any], fields: dict[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Every picture of a request as (field, place in its list or None, text)."""
    for name, rule in fields.items():
        value = given.get(name)
        if rule["type"] == "picture" and isinstance(value, str):
            yield name, None, value
        elif rule.get("items") == "picture" and isinstance(value, list):
            for at, text in enumerate(value):
                if isinstance(text, str):
                    yield name, at, text


def gather(
    shelf: Shelf, origin: str, service: str, given: dict[str, Any], fields: dict[str, Any]
) -> list[Received]:
    """The pictures of a request, decoded. Raises Unreadable for the first that cannot be had."""
    found = []
    for name, at, text in pictures_in(given, fields):
        try:
            data, claimed, way = fetch(shelf, origin, service, text)
            found.append(decode(name, data, claimed, way))
        except ValueError as wrong:
            raise Unreadable(str(wrong), name, at, text) from wrong
    return found


def fetch(shelf: Shelf, origin: str, service: str, text: str) -> tuple[bytes, str, str]:
    """Bytes, claimed type and way. Raises ValueError with the kind of Unreadable."""
    if text.startswith("data:"):
        found = DATA_URI.match(text)
        if not found or not found["mime"].startswith("image/") or found["more"] != ";base64":
            raise ValueError("media")
        try:
            return base64.b64decode(found["body"], validate=True), found["mime"], "data"
        except binascii.Error as wrong:
            raise ValueError("media") from wrong
    if not re.match(r"https?://[^/]+/", text):
        raise ValueError("uri")
    upload = shelf.uploads.get(text.removeprefix(origin))  # fal's by their whole address
    if upload is None or upload.data is None or not upload.readable or upload.service != service:
        raise ValueError("gone")
    return upload.data, upload.content_type, "upload"


def decode(name: str, data: bytes, claimed: str, way: str) -> Received:
    """The picture in the bytes, to its last pixel. Raises ValueError("picture")."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = opened(data)
            image.load()
            told, size = tuple(told_by(image)), image.size
            form = str(image.format).lower()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as wrong:
        raise ValueError("picture") from wrong
    return Received(name, data, claimed, form, *size, way, told)


def opened(data: bytes) -> Image.Image:
    """The picture, its pixels not yet read."""
    return Image.open(io.BytesIO(data), formats=FORMATS)


def told_by(image: Image.Image) -> Iterator[str]:
    """What a picture tells beside its pixels; colour profiles and resolutions tell nothing."""
    exif = image.getexif()
    if exif or len(image.info.get("exif", b"")) > EMPTY_EXIF:
        yield "exif"
    if exif.get_ifd(0x8825):
        yield "gps"
    names = {"xmp": "xmp", "XML:com.adobe.xmp": "xmp", "photoshop": "iptc", "comment": "comment"}
    yield from sorted({told for key, told in names.items() if key in image.info})
    if getattr(image, "text", None):
        yield "text"
