"""Rows for larger pictures at Replicate. Schemas are those of its model pages and of public
repositories, read until 2026-11-21.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.params import enhance_model, face_enhancement, scale, scale_choice
from providers.replicate import create_rows
from providers.schema import Limits, Model, Price, Slot, Task, Value

READ = date(2026, 11, 21)
SITE = create_rows.SITE
ONE = (Slot("picture", "image"),)
REAL_ESRGAN = "f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa"
TOPAZ = ("Standard V2", "Low Resolution V2", "CGI", "High Fidelity V2", "Text Refine")
TIMES: dict[Value, Value] = {2: "2x", 4: "4x", 6: "6x"}

MODELS: tuple[Model, ...] = (
    Model(
        id="replicate/recraft-crisp",
        title="Recraft Crisp Upscale",
        endpoint="recraft-ai/recraft-crisp-upscale",
        task=Task.UPSCALE,
        params=(),
        price=Price(
            usd=Decimal("0.006"),
            most=Decimal("0.04"),
            source=f"{SITE}recraft-ai/recraft-crisp-upscale",
            checked=READ,
            verified=False,
            note="read in two public repositories; a third says 0.04",
        ),
        limits=Limits(image_side=4096, image_pixels=16_000_000),
        slots=ONE,
        words="none",
        languages=("*",),
        licence=create_rows.UNREAD,
        notes="The price is unverified. How much larger the picture gets is the model's choice. "
        "Sides of 32 to 4096 pixels and 16 megapixels are what Recraft's own API takes.",
        source=f"{SITE}recraft-ai/recraft-crisp-upscale, by way of public repositories, read "
        "2026-11-21",
    ),
    Model(
        id="replicate/real-esrgan",
        title="Real-ESRGAN",
        endpoint=f"nightmareai/real-esrgan:{REAL_ESRGAN}",
        task=Task.UPSCALE,
        params=(scale(1, 10, 4), face_enhancement(False, wire="face_enhance")),
        price=Price(
            usd=Decimal("0.005"),
            source=f"{SITE}nightmareai/real-esrgan",
            checked=READ,
            verified=False,
            note="about 0.002 to 0.005, billed by the time it runs; counted as the most",
        ),
        slots=ONE,
        words="none",
        languages=("*",),
        licence="The code and the weights are BSD-3-Clause: unverified here.",
        notes="The price is unverified, and so is whether the version, as used in public "
        "repositories, still runs.",
        source=f"{SITE}nightmareai/real-esrgan, read 2026-11-21",
    ),
    Model(
        id="replicate/topaz",
        title="Topaz Upscale",
        endpoint="topazlabs/image-upscale",
        task=Task.UPSCALE,
        params=(
            scale_choice((2, 4, 6), 2, wire="upscale_factor", wire_values=TIMES),
            enhance_model(TOPAZ, "Standard V2", unverified="the names are from recollection"),
            face_enhancement(False),
        ),
        fixed={"upscale_factor": "2x"},
        slots=ONE,
        words="none",
        languages=("*",),
        licence=create_rows.UNREAD,
        notes="The price goes by the megapixels made, from about 0.05 dollars; it is unverified, "
        "and so are the names of the networks. Without a scale Topaz would not enlarge at all, so "
        "2 is always sent where nothing else is asked.",
        source=f"{SITE}topazlabs/image-upscale, by way of public repositories, read 2026-11-21",
    ),
)
