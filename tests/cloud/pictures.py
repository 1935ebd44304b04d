"""Makes the pictures that the services return and serves them from /files/."""

from __future__ import annotations

import asyncio
import base64
import colorsys
import io
import math
import secrets
from dataclasses import dataclass
from functools import lru_cache

from aiohttp import web
from PIL import Image

from . import faults
from .ledger import Call, Job, Ledger

MIMES = {"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """A picture to be: pixel size, format (png, jpeg, jpg, webp), seed of its colour."""

    width: int
    height: int
    format: str = "png"
    seed: int = 0
    black: bool = False
    path: str = ""

    @property
    def mime(self) -> str:
        """The content type that is true."""
        return MIMES[self.format]

    def encode(self) -> bytes:
        """The file's bytes. Slow for large sizes: call it in a thread."""
        return encode(self.width, self.height, self.format, self.seed, self.black)

    def base64(self) -> str:
        """The file in base64."""
        return base64.b64encode(self.encode()).decode()

    def data_uri(self) -> str:
        """The file as a data URI."""
        return f"data:{self.mime};base64,{self.base64()}"


@lru_cache(maxsize=64)
def encode(width: int, height: int, form: str, seed: int, black: bool) -> bytes:
    """A picture of two colours that the seed decides, or a black one."""
    hue = (seed * 0.61803398875) % 1.0
    first, second = ((0, 0, 0), (0, 0, 0)) if black else (tint(hue, 0.9), tint(hue + 0.5, 0.6))
    image = Image.new("RGB", (width, height), first)
    image.paste(second, (width // 4, height // 4, width - width // 4, height - height // 4))
    out = io.BytesIO()
    options = {"png": {"compress_level": 1}, "webp": {"quality": 60, "method": 0}}
    image.save(out, {"jpg": "jpeg"}.get(form, form), **options.get(form, {"quality": 60}))
    return out.getvalue()


def tint(hue: float, value: float) -> tuple[int, int, int]:
    """A colour as three bytes."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, 0.7, value)
    return int(red * 255), int(green * 255), int(blue * 255)


def from_ratio(ratio: str, side: int = 1024) -> tuple[int, int]:
    """Width and height of the area side x side at "16:9", in multiples of 32.

    A ratio that is not numbers ("auto", "match_input_image") gives a square.
    """
    try:
        across, down = (float(part) for part in ratio.split(":"))
    except ValueError:
        across = down = 1.0
    width, height = side * math.sqrt(across / down), side * math.sqrt(down / across)
    return max(32, round(width / 32) * 32), max(32, round(height / 32) * 32)


def paint(
    ledger: Ledger,
    job: Job,
    count: int,
    size: tuple[int, int],
    form: str,
    seed: int,
    black: bool = False,
) -> list[Picture]:
    """Put the job's pictures on the file host and on the job."""
    black = black or (job.outcome is not None and job.outcome.kind == "black")
    folder = f"/files/{job.service}/{secrets.token_urlsafe(12)}"
    with ledger.lock:
        for index in range(count):
            path = f"{folder}/out-{index}.{form}"
            picture = Picture(*size, form, seed + index, black, path)
            ledger.files[path] = picture
            job.pictures.append(picture)
    return list(job.pictures)


async def serve(request: web.Request, call: Call, ledger: Ledger) -> web.StreamResponse:
    """Answer a GET of a file, or fail as planned for the service that made it."""
    picture = ledger.files.get(request.path)
    service = request.path.split("/")[2]
    fault = ledger.take(service, "fetch")
    if fault:
        call.fault = str(fault.kind)
    if fault and fault.kind in ("cut_before", "cut_after"):
        return faults.cut(request)
    if fault and fault.kind == "hang":
        return await faults.hang(request)
    if fault and fault.kind == "empty_body":
        return web.Response(body=b"", content_type="image/png")
    if fault and isinstance(fault.kind, int):
        return await faults.lost(request, b"", "", fault)
    upload = ledger.uploads.get(request.path)
    if upload and upload.readable:
        return web.Response(body=upload.data, content_type=upload.content_type)
    if picture is None:
        return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>")
    body = await asyncio.to_thread(picture.encode)
    if fault:
        return await faults.FETCH[str(fault.kind)](request, body, picture.mime, fault)
    headers = {"Cache-Control": "public,max-age=3600"}
    return web.Response(body=body, content_type=picture.mime, headers=headers)
