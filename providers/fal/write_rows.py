"""Rows for language models at fal: its router to OpenRouter's, one endpoint with pictures and one
without. Which model answers is a field of the request, so each is a row.

Names and defaults are those of fal's published endpoint types (fal-js, 2026-08-02). The names of
the models are OpenRouter's, as public repositories use them at fal.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.end_dates import FLASH_LITE, gemini_flash, gpt_41
from providers.fal.create_rows import COMMERCIAL_UNREAD, TYPES
from providers.params import temperature
from providers.schema import LIVE, Limits, Model, Price, Slot, Status, Task

READ = date(2026, 11, 21)
ROUTER, VISION = "openrouter/router", "openrouter/router/vision"
FIELDS = {"told": "system_prompt", "tokens": "max_tokens"}
WARM = (temperature(0, 2, 1),)
BY_TOKENS = Price(
    checked=READ,
    note="billed by tokens through fal's router; fal's types tell how many, no page that was read "
    "tells at what price",
)
SEEN = Limits(prompt=20_000, image_side=1536)
PICTURE = (Slot("picture", "image_urls", many=True),)
USED = f"{TYPES}; the model's name at fal as used in public repositories, read 2026-11-21"
UNSURE_PRICE = "The price is unverified, and so is whether fal's router has the model."
UNSURE = "The price is unknown, and whether fal's router still has the model is unverified."


# That fal asks the price of the model's tokens is from its documentation of the router.
FLASH_LITE_TOKENS = Price(
    per="token",
    tokens={"text": Decimal("0.30"), "output": Decimal("2.50")},
    source="https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
    checked=date(2026, 11, 28),
    verified=False,
    note="Google's price; fal's router asks what the model's tokens cost",
)


def _row(
    name: str, title: str, model: str, status: Status = LIVE, price: Price = BY_TOKENS
) -> Model:
    """A model that reads words."""
    return Model(
        id=f"fal/{name}",
        title=title,
        endpoint=ROUTER,
        task=Task.PROMPT_WRITING,
        params=WARM,
        price=price,
        status=status,
        limits=Limits(prompt=20_000),
        fixed={"model": model},
        brief=FIELDS,
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes=UNSURE if price is BY_TOKENS else UNSURE_PRICE,
        source=USED,
        seconds=180,
    )


def _seeing(
    name: str, title: str, model: str, status: Status = LIVE, price: Price = BY_TOKENS
) -> Model:
    """A model that looks at a picture."""
    return Model(
        id=f"fal/{name}-vision",
        title=f"{title} Vision",
        endpoint=VISION,
        task=Task.PROMPT_WRITING,
        params=WARM,
        price=price,
        status=status,
        limits=SEEN,
        slots=PICTURE,
        words="optional",
        fixed={"model": model},
        brief=FIELDS,
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes=f"{UNSURE if price is BY_TOKENS else UNSURE_PRICE} It needs a picture.",
        source=USED,
        seconds=180,
    )


FLASH, LITE = "google/gemini-2.5-flash", "Gemini 3.5 Flash Lite"

MODELS: tuple[Model, ...] = (
    _row("gemini-3.5-flash-lite", LITE, FLASH_LITE, price=FLASH_LITE_TOKENS),
    _row("gemini-2.5-flash", "Gemini 2.5 Flash", FLASH, gemini_flash("fal/gemini-3.5-flash-lite")),
    _row("claude-sonnet-4.5", "Claude Sonnet 4.5", "anthropic/claude-sonnet-4.5"),
    _row("gpt-4.1", "GPT-4.1", "openai/gpt-4.1", gpt_41("openai/gpt-6-luna")),
    _row("llama-4-maverick", "Llama 4 Maverick", "meta-llama/llama-4-maverick"),
    _seeing("gemini-3.5-flash-lite", LITE, FLASH_LITE, price=FLASH_LITE_TOKENS),
    _seeing(
        "gemini-2.5-flash",
        "Gemini 2.5 Flash",
        FLASH,
        gemini_flash("fal/gemini-3.5-flash-lite-vision"),
    ),
    _seeing("claude-sonnet-4.5", "Claude Sonnet 4.5", "anthropic/claude-sonnet-4.5"),
)
