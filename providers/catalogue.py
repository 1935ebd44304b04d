"""Every provider and model, in the order Easel prefers them when all else is equal.

Adding a provider is one file and its line in `PROVIDERS`.
"""

from __future__ import annotations

from providers.fal import adapter as fal
from providers.huggingface import adapter as huggingface
from providers.local import adapter as local
from providers.openai import adapter as openai
from providers.replicate import adapter as replicate
from providers.schema import Model, Provider, Task
from providers.wavespeed import adapter as wavespeed

PROVIDERS: tuple[Provider, ...] = (
    huggingface.PROVIDER,
    fal.PROVIDER,
    replicate.PROVIDER,
    wavespeed.PROVIDER,
    openai.PROVIDER,
    local.PROVIDER,
)

MODELS: dict[str, Model] = {model.id: model for it in PROVIDERS for model in it.models}

# Short names people type. Each stands for one model wherever it is hosted, and for whatever it is
# asked to do; of a task's ids, the first host that has a key is asked.
ALIASES: dict[str, tuple[str, ...]] = {
    "dalle3": ("openai/dall-e-3",),
    "flash": ("huggingface/flux-schnell", "fal/flux-schnell", "replicate/flux-schnell"),
    "flux": ("huggingface/flux-dev", "fal/flux-dev", "replicate/flux-dev", "wavespeed/flux-dev"),
    "nano": (
        *("fal/nano-banana", "replicate/nano-banana"),
        *("fal/nano-banana-edit", "replicate/nano-banana-edit"),
    ),
    "seedream": (
        *("fal/seedream-4", "replicate/seedream-4", "wavespeed/seedream-4"),
        *("fal/seedream-4-edit", "replicate/seedream-4-edit", "wavespeed/seedream-4-edit"),
        *("fal/seedream-4-enhance", "replicate/seedream-4-enhance"),
        *("fal/seedream-4-swap", "replicate/seedream-4-swap", "wavespeed/seedream-4-swap"),
    ),
    "kontext": ("fal/flux-kontext-pro", "replicate/flux-kontext-pro"),
    "crisp": ("fal/recraft-crisp", "replicate/recraft-crisp"),
}

_BY_NAME = {provider.name: provider for provider in PROVIDERS}


def provider_of(model: Model) -> Provider:
    """Who serves a model."""
    return _BY_NAME[model.provider]


def models_for(task: Task) -> tuple[Model, ...]:
    """Every row of a task, retired ones included, in catalogue order."""
    return tuple(model for model in MODELS.values() if model.task is task)
