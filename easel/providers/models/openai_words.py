"""Rows for OpenAI's language models, which write and translate prompts.

OpenAI's own pages were not at hand; prices and names are those that others quote, with addresses.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from easel.providers.params import temperature
from easel.providers.schema import Limits, Model, Price, Slot, Task

READ = date(2026, 11, 21)
# Nothing is gained by more pixels for a description, and each is paid for.
SEEN = Limits(prompt=20_000, image_side=1536)
PICTURE = (Slot("picture", "image_url", 0, 1),)
# OpenAI's reference calls max_tokens deprecated.
FIELDS = {"tokens": "max_completion_tokens"}
YOURS = "Texts belong to who asked for them, commercial use included: unverified."
QUOTED = "a third party quoting OpenAI; billed by tokens, those of a picture too"

MODELS: tuple[Model, ...] = (
    Model(
        id="openai/gpt-4.1-mini",
        title="GPT-4.1 mini",
        endpoint="gpt-4.1-mini",
        task=Task.PROMPT_WRITING,
        params=(temperature(0, 2, 1),),
        price=Price(
            per="token",
            tokens={"text": Decimal("0.40"), "output": Decimal("1.60")},
            source="https://deploybase.ai/articles/openai-pricing",
            checked=READ,
            verified=False,
            note=QUOTED,
        ),
        limits=SEEN,
        slots=PICTURE,
        words="optional",
        brief=FIELDS,
        languages=("*",),
        licence=YOURS,
        notes="The price is unverified. OpenAI named it as the successor of models that ended in "
        "October 2026; whether it lives on is unverified.",
        source="OpenAI's list of deprecations of 2026-04-22 as kept by spybara.com, and its API "
        "reference as quoted by others, read 2026-11-21",
        seconds=180,
    ),
    Model(
        id="openai/gpt-5.4-mini",
        title="GPT-5.4 mini",
        endpoint="gpt-5.4-mini",
        task=Task.PROMPT_WRITING,
        params=(
            temperature(
                0, 2, 1, unverified="models of this family may refuse any other temperature"
            ),
        ),
        price=Price(
            per="token",
            tokens={"text": Decimal("0.75"), "output": Decimal("4.50")},
            source="https://openrouter.ai/openai/gpt-5.4-mini",
            checked=READ,
            verified=False,
            note=QUOTED,
        ),
        limits=SEEN,
        slots=PICTURE,
        words="optional",
        brief=FIELDS,
        languages=("*",),
        licence=YOURS,
        notes="The price is unverified, and so are temperature and whether it thinks, at your "
        "cost, before it writes.",
        source="https://openrouter.ai/openai/gpt-5.4-mini, read 2026-11-21",
        seconds=180,
    ),
)
