"""Rows for changing a picture through Hugging Face. Who serves a model is asked of the hub at run
time; hf-inference serves none of this task. The router takes one picture.
"""

from __future__ import annotations

from providers.huggingface.create_rows import CREDIT, HUB
from providers.params import guidance_scale, num_inference_steps, seed
from providers.schema import Model, Slot, Task

ONE = (Slot("picture", "inputs"),)
SERVED = "hub-docs of 2026-08"
BOUNDS = "Bounds of steps and guidance are Easel's. The picture keeps its shape."

MODELS: tuple[Model, ...] = (
    Model(
        id="huggingface/flux-kontext-dev",
        title="FLUX.1 Kontext dev",
        endpoint="black-forest-labs/FLUX.1-Kontext-dev",
        task=Task.IMAGE_EDIT,
        params=(seed(), num_inference_steps(1, 50), guidance_scale(1, 20)),
        price=CREDIT,
        slots=ONE,
        languages=("en",),
        licence="The weights are non-commercial; what the provider that serves it allows is "
        "unverified.",
        notes=BOUNDS,
        source=f"{HUB}black-forest-labs/FLUX.1-Kontext-dev; recommended in {SERVED}",
    ),
    Model(
        id="huggingface/flux-2-dev",
        title="FLUX.2 dev",
        endpoint="black-forest-labs/FLUX.2-dev",
        task=Task.IMAGE_EDIT,
        params=(seed(), num_inference_steps(1, 50), guidance_scale(1, 20)),
        price=CREDIT,
        slots=ONE,
        languages=("en",),
        licence="The weights are non-commercial; what the provider that serves it allows is "
        "unverified.",
        notes=BOUNDS,
        source=f"{HUB}black-forest-labs/FLUX.2-dev; served by wavespeed in {SERVED}",
    ),
    Model(
        id="huggingface/flux-2-klein",
        title="FLUX.2 klein 9B",
        endpoint="black-forest-labs/FLUX.2-klein-9B",
        task=Task.IMAGE_EDIT,
        params=(seed(),),
        price=CREDIT,
        slots=ONE,
        languages=("en",),
        licence="Commercial use: unverified.",
        notes="It works in a few steps of its own choice. The picture keeps its shape.",
        source=f"{HUB}black-forest-labs/FLUX.2-klein-9B; served by fal-ai and replicate in "
        f"{SERVED}",
    ),
    Model(
        id="huggingface/qwen-image-edit",
        title="Qwen Image Edit",
        endpoint="Qwen/Qwen-Image-Edit",
        task=Task.IMAGE_EDIT,
        params=(seed(), num_inference_steps(1, 50)),
        price=CREDIT,
        slots=ONE,
        languages=("en", "zh"),
        licence="The weights are Apache-2.0, which allows commercial use: unverified.",
        notes="Whether anybody serves it is unverified; the hub is asked each time. Bounds of "
        "steps are Easel's.",
        source=f"{HUB}Qwen/Qwen-Image-Edit",
    ),
)
