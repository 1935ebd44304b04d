"""Rows for language models at Replicate, which write and translate prompts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.end_dates import gemini_flash
from providers.params import temperature
from providers.replicate import create_rows
from providers.schema import Limits, Model, Price, Slot, Task

READ = date(2026, 11, 21)
SITE = create_rows.SITE

MODELS: tuple[Model, ...] = (
    Model(
        id="replicate/llama-3-8b",
        title="Llama 3 8B",
        endpoint="meta/meta-llama-3-8b-instruct",
        task=Task.PROMPT_WRITING,
        params=(temperature(0, 5, 0.7),),
        limits=Limits(prompt=12_000),
        brief={"told": "system_prompt", "tokens": "max_tokens"},
        languages=("en",),
        licence="Meta's Llama 3 Community License lets texts be used commercially, with rules: "
        "unverified.",
        notes="A small model: it forgets instructions more often than others. The bounds of "
        "temperature are those of its published schema.",
        source="comfyui-replicate's copy of the model's schema, 2024; recordings of "
        "replicate-python, 2024-10",
        seconds=180,
    ),
    Model(
        id="replicate/gemini-2.5-flash",
        title="Gemini 2.5 Flash",
        endpoint="google/gemini-2.5-flash",
        task=Task.PROMPT_WRITING,
        params=(temperature(0, 2, 1),),
        price=Price(
            per="token",
            tokens={"text": Decimal("0.30"), "output": Decimal("2.50")},
            source=f"{SITE}google/gemini-2.5-flash",
            checked=READ,
            verified=False,
            note="read in a stored copy of the model's page; billed by tokens, those of a picture "
            "too",
        ),
        limits=Limits(prompt=20_000, image_side=1536),
        fixed={"thinking_budget": 0},
        slots=(Slot("picture", "images", 0, 1, many=True),),
        words="optional",
        brief={"told": "system_instruction", "tokens": "max_output_tokens"},
        languages=("*",),
        licence=create_rows.UNREAD,
        status=gemini_flash(),
        notes="The price is unverified, and so is whether the model still runs. It sees pictures. "
        "Thinking is switched off: it is paid for, and prompts do not need it.",
        source=f"a stored copy of {SITE}google/gemini-2.5-flash, of a run in 2025-11, read "
        "2026-11-21",
        seconds=180,
    ),
)
