"""Rows for faces at Replicate: restoring and swapping. Most are community models, which are asked
for by version; each version is the one that public repositories use, read 2026-11-21, and whether
Replicate still runs it is unverified.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.easel_prompts import RETOUCH, SWAP
from providers.params import enhance_model, face_enhancement, fidelity, mode, scale
from providers.replicate import create_rows
from providers.schema import Model, Price, Slot, Task

READ = date(2026, 11, 21)
SITE = create_rows.SITE
AS_USED = "the version as used in public repositories, read 2026-11-21"
CODEFORMER = "7de2ea26c616d5bf2245ad0d5e24f0ff9a6204578a5c876db53142edd9d2cd56"
GFPGAN = "0fbacf7afc6c144e5be9767cff80f25aff23e52b0708f17e20f9879b2f21516c"
CDINGRAM = "d1d6ea8c8be89d664a07a457526f7128109dee7030fdac424788d762c71ed111"
OMNIEDGE = "c2d783366e8d32e6e82c40682fab6b4c23b9c6eff2692c0cf7585fc16c238cfe"
INSIGHTFACE = (
    "It is built on InsightFace, whose weights are non-commercial: unverified. Use it for yourself "
    "only, unless you know better."
)
ENHANCE = mode(("enhance",), "enhance", wire="")
SWAPPED = (Slot("source", "swap_image"), Slot("target", "input_image"))
SEEDREAM_4 = Price(
    usd=Decimal("0.03"),
    source=f"{SITE}bytedance/seedream-4",
    checked=READ,
    verified=False,
    note="from recollection; fal asks the same",
)

MODELS: tuple[Model, ...] = (
    Model(
        id="replicate/codeformer",
        title="CodeFormer",
        endpoint=f"sczhou/codeformer:{CODEFORMER}",
        task=Task.RETOUCH,
        params=(
            ENHANCE,
            fidelity(0, 1, 0.5, wire="codeformer_fidelity"),
            scale(1, 4, 2, wire="upscale"),
            face_enhancement(True, wire="face_upsample"),
        ),
        slots=(Slot("picture", "image"),),
        words="none",
        languages=("*",),
        licence="The weights' S-Lab licence is non-commercial: unverified. Use it for yourself "
        "only, unless you know better.",
        notes="It restores faces that are blurred or damaged, and the background too. Whether the "
        "version still runs is unverified. Bounds of scale are Easel's.",
        source=f"the model's own predict.py (sczhou/CodeFormer); {AS_USED}",
    ),
    Model(
        id="replicate/gfpgan",
        title="GFPGAN",
        endpoint=f"tencentarc/gfpgan:{GFPGAN}",
        task=Task.RETOUCH,
        params=(
            ENHANCE,
            enhance_model(("v1.2", "v1.3", "v1.4", "RestoreFormer"), "v1.4", wire="version"),
            scale(1, 4, 2),
        ),
        slots=(Slot("picture", "img"),),
        words="none",
        languages=("*",),
        licence="The code is Apache-2.0, parts of the weights are not: commercial use is "
        "unverified.",
        notes="It restores faces in old or damaged photographs. Whether the version still runs is "
        "unverified. Bounds of scale are Easel's.",
        source=f"the model's own cog_predict.py (TencentARC/GFPGAN); {AS_USED}",
    ),
    Model(
        id="replicate/seedream-4-enhance",
        title="Seedream 4 Enhance",
        endpoint="bytedance/seedream-4",
        task=Task.RETOUCH,
        params=(ENHANCE,),
        price=SEEDREAM_4,
        slots=(Slot("picture", "image_input", many=True),),
        words="optional",
        guard=RETOUCH,
        languages=("en", "zh"),
        licence=create_rows.UNREAD,
        notes="The price is unverified. A general edit model under a prompt of Easel's that "
        "protects likeness, age and everything but skin and eyes; a wish is added to it.",
        source=f"{SITE}bytedance/seedream-4, schema version cf7d4319, read 2026-11-21",
    ),
    Model(
        id="replicate/cdingram-face-swap",
        title="Face Swap (cdingram)",
        endpoint=f"cdingram/face-swap:{CDINGRAM}",
        task=Task.FACE_SWAP,
        params=(),
        price=Price(
            usd=Decimal("0.01"),
            source=f"{SITE}cdingram/face-swap",
            checked=READ,
            verified=False,
            note="from recollection; billed by the time it runs",
        ),
        slots=SWAPPED,
        words="none",
        languages=("*",),
        licence=INSIGHTFACE,
        notes="The price is unverified, and so is whether the version still runs.",
        source=f"{SITE}cdingram/face-swap; {AS_USED}",
    ),
    Model(
        id="replicate/omniedge-face-swap",
        title="Face Swap (omniedge)",
        endpoint=f"omniedgeio/face-swap:{OMNIEDGE}",
        task=Task.FACE_SWAP,
        params=(),
        slots=(Slot("source", "swap_image"), Slot("target", "target_image")),
        words="none",
        languages=("*",),
        licence=INSIGHTFACE,
        notes="Whether the version still runs is unverified; it may write a watermark on the "
        "picture, as one repository says.",
        source=f"{SITE}omniedgeio/face-swap, by way of the comfyui-replicate repository; {AS_USED}",
    ),
    Model(
        id="replicate/seedream-4-swap",
        title="Seedream 4 Face Swap",
        endpoint="bytedance/seedream-4",
        task=Task.FACE_SWAP,
        params=(),
        price=SEEDREAM_4,
        slots=(
            Slot("source", "image_input", many=True),
            Slot("target", "image_input", many=True),
        ),
        words="none",
        guard=SWAP,
        general=True,
        languages=("*",),
        licence=create_rows.UNREAD,
        notes="The price is unverified. A general edit model under a prompt of Easel's: it paints "
        "the face anew, and the likeness may be less than a face swap's.",
        source=f"{SITE}bytedance/seedream-4, schema version cf7d4319, read 2026-11-21",
    ),
)
