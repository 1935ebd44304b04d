"""For every row that takes pictures: where its request goes, and what must come back.

The bodies stand in tests/unit/picture_rows.py, written out by hand; "1" and "2" in them stand for
the pictures. Here the same cases get their pictures, the address and the result's size.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from typing import Any

from PIL import Image

from providers.inputs import InputPicture
from tests.contract.rows import PROMPT
from tests.making import in_picture
from tests.unit import picture_rows

Made = tuple[str, int, int, int]
# Of two shapes and two types, so that neither can stand for the other.
SMALL = (in_picture("picture 1"), in_picture("picture 2", (40, 56), "JPEG"))


def noisy(number: int, width: int = 400, height: int = 300) -> InputPicture:
    """A picture too large for Replicate's requests: noise, which does not pack."""
    noise = random.Random(number).randbytes(width * height * 3)
    place = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(place, "PNG")
    return InputPicture(f"picture {number}", place.getvalue(), "image/png", width, height)


LARGE = (noisy(1), noisy(2, 300, 400))


@dataclass(frozen=True)
class Case:
    """`sent`: the body as JSON, "1" and "2" for the pictures. `path`: the end of the POST's
    address. `made`: format, width, height, how many."""

    model: str
    count: int
    asked: dict[str, Any]
    sent: dict[str, Any]
    path: str
    made: Made

    @property
    def name(self) -> str:
        return f"{self.model}-{len(self.asked)}"


SEEDREAM = "fal/fal-ai/bytedance/seedream"
BY_VERSION = "replicate/v1/predictions"
GPT = "openai/v1/images/edits"
TALL = (40, 56)  # a swap is as large as its target, the second picture


def official(model: str) -> str:
    return f"replicate/v1/models/{model}/predictions"


# By row: the address, and what each of its cases makes. 64 x 48 goes in first.
ENDS: dict[str, tuple[str, list[Made]]] = {
    "fal/nano-banana-edit": ("fal/fal-ai/nano-banana/edit", [("webp", 1376, 768, 2)]),
    "fal/nano-banana-2-edit": ("fal/fal-ai/nano-banana-2/edit", [("webp", 4096, 1024, 2)]),
    "fal/nano-banana-pro-edit": ("fal/fal-ai/nano-banana-pro/edit", [("webp", 5472, 3072, 2)]),
    "fal/seedream-4-edit": (
        f"{SEEDREAM}/v4/edit", [("png", 1365, 768, 2), ("png", 1200, 800, 1)]),
    "fal/seedream-4.5-edit": (
        f"{SEEDREAM}/v4.5/edit", [("png", 4096, 4096, 2), ("png", 1920, 2000, 1)]),
    "fal/seedream-5-lite-edit": (
        "fal/bytedance/seedream/v5/lite/edit", [("png", 2368, 1760, 2)]),
    "fal/flux-kontext-pro": ("fal/fal-ai/flux-pro/kontext", [("png", 672, 1568, 2)]),
    "fal/chrono-edit": ("fal/fal-ai/chrono-edit", [("webp", 1120, 832, 1)]),
    "fal/gpt-image-2-edit": (
        "fal/openai/gpt-image-2/edit", [("jpeg", 1360, 768, 2), ("png", 1200, 624, 1)]),
    "fal/retoucher": ("fal/fal-ai/retoucher", [("png", 64, 48, 1)]),
    "fal/seedream-4-enhance": (f"{SEEDREAM}/v4/edit", [("png", 1184, 896, 2)]),
    "fal/codeformer": ("fal/fal-ai/codeformer", [("png", 256, 192, 1)]),
    "fal/seedream-4-swap": (f"{SEEDREAM}/v4/edit", [("png", 1184, 896, 2)]),
    "fal/recraft-crisp": ("fal/fal-ai/recraft/upscale/crisp", [("png", 256, 192, 1)]),
    "fal/esrgan": ("fal/fal-ai/esrgan", [("jpeg", 256, 192, 1)]),
    "fal/clarity-upscaler": ("fal/fal-ai/clarity-upscaler", [("png", 192, 144, 1)]),
    "fal/topaz": ("fal/fal-ai/topaz/upscale/image", [("png", 256, 192, 1)]),
    "fal/aura-sr": ("fal/fal-ai/aura-sr", [("png", 256, 192, 1)]),
    "replicate/nano-banana-edit": (official("google/nano-banana"), [("png", 1376, 768, 1)]),
    "replicate/nano-banana-2-edit": (official("google/nano-banana-2"), [("png", 1024, 4096, 1)]),
    "replicate/nano-banana-pro-edit": (
        official("google/nano-banana-pro"), [("png", 1376, 768, 1)]),
    "replicate/seedream-4-edit": (
        official("bytedance/seedream-4"), [("jpeg", 1376, 768, 1), ("jpeg", 1200, 1100, 1)]),
    "replicate/seedream-4.5-edit": (
        official("bytedance/seedream-4.5"), [("jpeg", 5472, 3072, 1)]),
    "replicate/flux-kontext-pro": (
        official("black-forest-labs/flux-kontext-pro"), [("jpeg", 1376, 768, 1)]),
    "replicate/qwen-image-edit-plus": (
        official("qwen/qwen-image-edit-plus"), [("jpeg", 1376, 768, 1)]),
    "replicate/gpt-image-2-edit": (official("openai/gpt-image-2"), [("jpeg", 1536, 1024, 2)]),
    "replicate/codeformer": (BY_VERSION, [("png", 64, 48, 1)]),
    "replicate/gfpgan": (BY_VERSION, [("png", 256, 192, 1)]),
    "replicate/seedream-4-enhance": (
        official("bytedance/seedream-4"), [("jpeg", 2368, 1760, 1)]),
    "replicate/cdingram-face-swap": (BY_VERSION, [("jpeg", *TALL, 1)]),
    "replicate/omniedge-face-swap": (BY_VERSION, [("png", *TALL, 1)]),
    "replicate/seedream-4-swap": (official("bytedance/seedream-4"), [("jpeg", 2368, 1760, 1)]),
    "replicate/recraft-crisp": (
        official("recraft-ai/recraft-crisp-upscale"), [("webp", 256, 192, 1)]),
    "replicate/real-esrgan": (BY_VERSION, [("png", 128, 96, 1)]),
    "replicate/topaz": (
        official("topazlabs/image-upscale"), [("jpeg", 128, 96, 1), ("jpeg", 384, 288, 1)]),
    "wavespeed/seedream-4-edit": (
        "wavespeed/api/v3/bytedance/seedream-v4/edit",
        [("jpeg", 4096, 2304, 1), ("jpeg", 1200, 1100, 1)]),
    "wavespeed/image-face-swap": (
        "wavespeed/api/v3/wavespeed-ai/image-face-swap", [("png", *TALL, 1)]),
    "wavespeed/seedream-4-swap": (
        "wavespeed/api/v3/bytedance/seedream-v4/edit", [("jpeg", 2048, 2048, 1)]),
    "openai/gpt-image-2-edit": (
        GPT, [("jpeg", 1360, 768, 2), ("png", 1200, 624, 1), ("png", 1536, 1024, 1)]),
}  # fmt: skip


def worded(sent: dict[str, Any]) -> dict[str, Any]:
    """The body with the words that these tests ask with."""
    return {k: v.replace("a fox", PROMPT) if k == "prompt" else v for k, v in sent.items()}


def _cases() -> list[Case]:
    left = {name: list(made) for name, (_, made) in ENDS.items()}
    found = [
        Case(name, count, asked, worded(sent), f"/{ENDS[name][0]}", left[name].pop(0))
        for name, count, asked, sent in picture_rows.CASES
        if name in ENDS
    ]
    assert not any(left.values()), "an end without a case"
    return found


CASES = _cases()
# Without Hugging Face's, which go out in the form of who serves the model: picture_servers.py.
TAKING = sorted({case.model for case in CASES})
# One of each task and service, for what does not depend on the row.
FAULTY = [
    "fal/flux-kontext-pro", "fal/retoucher", "fal/seedream-4-swap", "fal/esrgan",
    "replicate/flux-kontext-pro", "replicate/codeformer", "replicate/cdingram-face-swap",
    "replicate/real-esrgan", "wavespeed/seedream-4-edit", "wavespeed/image-face-swap",
    "openai/gpt-image-2-edit", "huggingface/flux-kontext-dev",
]  # fmt: skip
