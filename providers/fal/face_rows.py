"""Rows for faces at fal: retouching, restoring and swapping. Names and defaults are those of its
published endpoint types (fal-js, 2026-08-02).

fal lists no face swap: fal-ai/face-swap was never in its types, and easel-ai/advanced-face-swap
left them by April 2026. A general edit model stands in, with a prompt of Easel's own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.easel_prompts import RETOUCH, SWAP
from providers.fal.create_rows import COMMERCIAL_UNREAD, PAGES, TYPES
from providers.params import face_enhancement, fidelity, mode, num_images, scale, seed
from providers.schema import Limits, Model, Price, Slot, Task

READ = date(2026, 11, 21)
ONE = (Slot("picture", "image_url"),)
SOFT = mode(("soft",), "soft", wire="")
ENHANCE = mode(("enhance",), "enhance", wire="")
SWAPPED = (
    Slot("source", "image_urls", many=True),
    Slot("target", "image_urls", many=True),
)
# The schema names no default; a face must not change the shape of its picture.
OWN_SIZE = {"image_size": "auto"}
SEEDREAM_4_EDIT = Price(
    usd=Decimal("0.03"),
    source=f"{PAGES}fal-ai/bytedance/seedream/v4/edit",
    checked=READ,
    verified=False,
    note="read in a public repository (imagegen), not on the model's page",
)

MODELS: tuple[Model, ...] = (
    Model(
        id="fal/retoucher",
        title="Face Retoucher",
        endpoint="fal-ai/retoucher",
        task=Task.RETOUCH,
        params=(SOFT, seed()),
        price=Price(
            source=f"{PAGES}fal-ai/retoucher/llms.txt",
            checked=READ,
            note="fal's page says 0 dollars per second of computing, which Easel does not take "
            "for free",
        ),
        slots=ONE,
        words="none",
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes="It smooths skin and removes blemishes, and reads no words.",
        source=f"{TYPES}; {PAGES}fal-ai/retoucher/llms.txt, read 2026-11-21",
    ),
    Model(
        id="fal/seedream-4-enhance",
        title="Seedream 4 Enhance",
        endpoint="fal-ai/bytedance/seedream/v4/edit",
        task=Task.RETOUCH,
        params=(ENHANCE, num_images(6), seed()),
        price=SEEDREAM_4_EDIT,
        limits=Limits(),
        slots=(Slot("picture", "image_urls", many=True),),
        words="optional",
        guard=RETOUCH,
        fixed=OWN_SIZE,
        languages=("en", "zh"),
        licence=COMMERCIAL_UNREAD,
        notes="The price is unverified. A general edit model under a prompt of Easel's that "
        "protects likeness, age and everything but skin and eyes; a wish is added to it.",
        source=f"{TYPES}; {PAGES}fal-ai/bytedance/seedream/v4/edit",
    ),
    Model(
        id="fal/codeformer",
        title="CodeFormer",
        endpoint="fal-ai/codeformer",
        task=Task.RETOUCH,
        params=(
            ENHANCE,
            fidelity(0, 1, 0.5),
            scale(1, 4, 2, wire="upscale_factor"),
            face_enhancement(True, wire="face_upscale"),
            seed(),
        ),
        slots=ONE,
        words="none",
        languages=("*",),
        licence="The weights' S-Lab licence is non-commercial: unverified, and so is what fal's "
        "hosting allows.",
        notes="It restores faces that are blurred or damaged. Bounds of fidelity are the model's, "
        "those of scale are Easel's.",
        source=f"{TYPES}; {PAGES}fal-ai/codeformer",
    ),
    Model(
        id="fal/seedream-4-swap",
        title="Seedream 4 Face Swap",
        endpoint="fal-ai/bytedance/seedream/v4/edit",
        task=Task.FACE_SWAP,
        params=(num_images(6), seed()),
        price=SEEDREAM_4_EDIT,
        slots=SWAPPED,
        words="none",
        guard=SWAP,
        fixed=OWN_SIZE,
        general=True,
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes="The price is unverified. A general edit model under a prompt of Easel's: it paints "
        "the face anew, and the likeness may be less than a face swap's.",
        source=f"{TYPES}; {PAGES}fal-ai/bytedance/seedream/v4/edit",
    ),
)
