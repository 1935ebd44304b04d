"""How the emulators' own tests ask: one good paid request for each service, sent and polled."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import httpx
from PIL import Image

from .server import Cloud

WEB = httpx.Client(trust_env=False, timeout=5)
FLUX = "/replicate/v1/models/black-forest-labs/flux-schnell/predictions"
DEV = "/fal/fal-ai/flux/dev"
SEEDREAM = "/wavespeed/api/v3/bytedance/seedream-v4"
IMAGES = "/openai/v1/images/generations"
SD = "/router/hf-inference/models/CompVis/stable-diffusion-v1-4"
# Where each service takes paid jobs, and a good body.
PAID: dict[str, tuple[str, dict[str, Any]]] = {
    "replicate": (FLUX, {"input": {"prompt": "a fox"}}),
    "fal": (DEV, {"prompt": "a fox"}),
    "huggingface": (SD, {"inputs": "a fox", "parameters": {}}),
    "wavespeed": (SEEDREAM, {"prompt": "a fox"}),
    "openai": (IMAGES, {"prompt": "a fox", "model": "gpt-image-2"}),
}
RESULT = {"replicate": "output", "fal": "images", "wavespeed": "outputs"}


def fresh(cloud: Cloud) -> Iterator[Cloud]:
    """The cloud with nothing remembered and quick jobs; fails when an emulator broke down."""
    cloud.reset()
    for service in PAID:
        cloud.pace(service, queue=1, steps=2, delay=0)
    yield cloud
    assert cloud.bugs == []


def send(cloud: Cloud, service: str, method: str, path: str, **more: Any) -> httpx.Response:
    """A request with the service's good key (or `key`), in its own scheme."""
    scheme = "Key" if service == "fal" else "Bearer"
    headers = {"Authorization": f"{scheme} {more.pop('key', cloud.keys[service])}"}
    headers |= more.pop("headers", {})
    return WEB.request(method, cloud.url + path, headers=headers, **more)


def submit(cloud: Cloud, service: str, **more: Any) -> httpx.Response:
    """A good paid request, with `more` on top of its parameters."""
    path, body = PAID[service]
    headers = more.pop("headers", {})
    inner = {"replicate": "input", "huggingface": "parameters"}.get(service)
    body = {**body, inner: {**body[inner], **more}} if inner else {**body, **more}
    return send(cloud, service, "POST", path, json=body, headers=headers)


def finish(cloud: Cloud, service: str, answer: httpx.Response) -> Any:
    """Poll a submitted job to its end; the last answer (fal: of the result)."""
    body = answer.json()
    body = body.get("data", body)
    url = body.get("status_url") or body["urls"]["get"]
    for _ in range(8):
        last = send(cloud, service, "GET", url.removeprefix(cloud.url))
    if service == "fal":
        return send(cloud, "fal", "GET", body["response_url"].removeprefix(cloud.url))
    return last.json().get("data", last.json())


def picture(url_or_bytes: str | bytes) -> Image.Image:
    """The picture at an address, or in bytes, decoded to its last pixel."""
    data = WEB.get(url_or_bytes).content if isinstance(url_or_bytes, str) else url_or_bytes
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def photo(size: tuple[int, int] = (64, 48), form: str = "JPEG", secret: str = "") -> bytes:
    """A picture file; with a `secret` as from a camera that writes that, and where it stands."""
    out = io.BytesIO()
    mode = "RGBA" if form == "PNG" else "RGB"
    exif = Image.Exif()
    if secret:
        exif[0x010F] = secret
        exif.get_ifd(0x8825)[1] = "N"
    more: dict[str, Any] = {"exif": exif} if secret else {}
    Image.new(mode, size, "teal").save(out, form, **more)
    return out.getvalue()


def uri(data: bytes, kind: str = "image/jpeg") -> str:
    """A data URI."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
