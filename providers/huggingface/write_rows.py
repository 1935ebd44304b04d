"""Rows for language models behind Hugging Face's router. Who serves one is asked of the hub."""

from __future__ import annotations

from providers.huggingface.create_rows import CREDIT, HUB
from providers.params import temperature
from providers.schema import Limits, Model, Slot, Status, Task

# Nothing is gained by more pixels for a description.
SEEN = Limits(prompt=20_000, image_side=1536)
FIELDS = {"tokens": "max_tokens"}
DOCS = "hub-docs, chat completion, 2026-08"

MODELS: tuple[Model, ...] = (
    Model(
        id="huggingface/gemma-4-31b",
        title="Gemma 4 31B",
        endpoint="google/gemma-4-31B-it",
        task=Task.PROMPT_WRITING,
        params=(temperature(0, 2),),
        price=CREDIT,
        limits=SEEN,
        slots=(Slot("picture", "image_url", 0, 1),),
        words="optional",
        brief=FIELDS,
        languages=("*",),
        licence="Google's terms for Gemma, which were not read: unverified.",
        notes="It sees pictures. That it knows as many languages as Gemma 3 is unverified.",
        source=f"{HUB}google/gemma-4-31B-it; served by novita and cerebras in hub-docs of "
        "2026-08-22",
        seconds=120,
    ),
    Model(
        id="huggingface/gemma-3-27b",
        title="Gemma 3 27B",
        endpoint="google/gemma-3-27b-it",
        task=Task.PROMPT_WRITING,
        params=(temperature(0, 2),),
        price=CREDIT,
        limits=SEEN,
        slots=(Slot("picture", "image_url", 0, 1),),
        words="optional",
        brief=FIELDS,
        languages=("*",),
        licence="Google's Gemma terms let texts be used commercially, with rules on harmful use: "
        "unverified.",
        status=Status(
            "deprecated",
            successor="huggingface/gemma-4-31b",
            note="hub-docs of 2026-08-22 name no server for it any more. The hub's answer of the "
            "moment decides.",
        ),
        notes="It sees pictures. Google says that it knows over 140 languages.",
        source=f"{HUB}google/gemma-3-27b-it; served by nebius in {DOCS}",
        seconds=120,
    ),
    Model(
        id="huggingface/llama-3.3-70b",
        title="Llama 3.3 70B",
        endpoint="meta-llama/Llama-3.3-70B-Instruct",
        task=Task.PROMPT_WRITING,
        params=(temperature(0, 2),),
        price=CREDIT,
        limits=Limits(prompt=20_000),
        brief=FIELDS,
        languages=("en", "de", "fr", "it", "pt", "hi", "es", "th"),
        licence="Meta's Llama 3.3 Community License lets texts be used commercially, with rules: "
        "unverified.",
        notes="Russian and Ukrainian are not among the languages Meta names; it often writes them "
        "all the same.",
        source=f"{HUB}meta-llama/Llama-3.3-70B-Instruct; served by cerebras and groq in {DOCS}",
        seconds=120,
    ),
)
