"""Rows for OpenAI's language models, which write and translate prompts.

OpenAI's own pages were not at hand; prices and names are those that others quote, with addresses.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.end_dates import gpt_41
from providers.params import temperature
from providers.schema import Limits, Model, Price, Slot, Task

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
        id="openai/gpt-6-luna",
        title="GPT-6 Luna",
        endpoint="gpt-6-luna",
        task=Task.PROMPT_WRITING,
        # It refuses any temperature, even 0, and would pay for thinking from the same tokens.
        params=(),
        fixed={"reasoning_effort": "none"},
        price=Price(
            per="token",
            tokens={"text": Decimal("0.10"), "output": Decimal("0.50")},
            source="https://github.com/BerriAI/litellm/blob/main/"
            "model_prices_and_context_window.json",
            checked=date(2026, 11, 28),
            verified=False,
            note=QUOTED,
        ),
        limits=SEEN,
        slots=PICTURE,
        words="optional",
        brief=FIELDS,
        languages=("*",),
        licence=YOURS,
        notes="The price is unverified. It does not think before it writes here, and has no "
        "temperature.",
        source="openai 3.57.0, types/shared/chat_model.py, and LiteLLM's table, 2026-11",
        seconds=180,
    ),
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
        status=gpt_41("openai/gpt-6-luna"),
        notes="The price is unverified.",
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
