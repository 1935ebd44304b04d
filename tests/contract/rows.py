"""For every row that lives: what is asked, the body that must go out, what must come back.

Written out by hand, so that neither a row nor an adapter can change the wire unnoticed. All of a
row's params stand in its cases, each with a legal value that is not its default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PROMPT = "a fox in the snow"


@dataclass(frozen=True)
class Case:
    """`sent`: the JSON on the wire without the prompt. `path`: the end of the POST's address.
    `made`: format, width, height, how many."""

    model: str
    asked: dict[str, Any]
    path: str
    sent: dict[str, Any]
    made: tuple[str, int, int, int]

    @property
    def name(self) -> str:
        return f"{self.model}-{'exact' if 'width' in self.asked else 'shape'}"


def fal(model: str, path: str, asked: dict[str, Any], sent: dict[str, Any], made: Any) -> Case:
    return Case(f"fal/{model}", asked, f"/fal/{path}", sent, made)


def replicate(model: str, path: str, asked: Any, sent: dict[str, Any], made: Any) -> Case:
    path = f"/replicate/v1/models/{path}/predictions"
    return Case(f"replicate/{model}", asked, path, sent, made)


def wavespeed(model: str, path: str, asked: Any, sent: dict[str, Any], made: Any) -> Case:
    return Case(f"wavespeed/{model}", asked, f"/wavespeed/api/v3/{path}", sent, made)


def openai(asked: dict[str, Any], sent: dict[str, Any], made: Any) -> Case:
    sent = {"model": "gpt-image-2", **sent}
    return Case("openai/gpt-image-2", asked, "/openai/v1/images/generations", sent, made)


def hf(model: str, path: str, asked: Any, sent: dict[str, Any], made: Any) -> Case:
    return Case(f"huggingface/{model}", asked, f"/router/{path}", sent, made)


def hf_inference(model: str, hub: str, side: tuple[int, int], exact: tuple[int, int]) -> list[Case]:
    """The pipelines on hf-inference: all take the same, and answer with a JPEG."""
    more = {"num_inference_steps": 20, "guidance_scale": 6.5, "negative_prompt": "snow"}
    path, found = f"hf-inference/models/{hub}", []
    for asked, (wide, high) in (
        ({"aspect_ratio": "16:9"}, side),
        ({"width": exact[0], "height": exact[1]}, exact),
    ):
        parameters = {"width": wide, "height": high, "seed": 7, **more}
        case = hf(model, path, {**asked, "seed": 7, **more}, {"parameters": parameters},
                  ("jpeg", wide, high, 1))  # fmt: skip
        found.append(case)
    return found


def size(width: int, height: int) -> dict[str, Any]:
    return {"image_size": {"width": width, "height": height}}


SHAPE = {"aspect_ratio": "16:9"}
SEED = {"seed": 7}
BANANA = {"num_images": 2, "seed": 7, "output_format": "webp"}
FLUX = {"num_images": 2, "seed": 7, "num_inference_steps": 3, "output_format": "png"}
STEPS = {"num_inference_steps": 20, "guidance_scale": 6.5}
SEEDREAM = "fal-ai/bytedance/seedream"

CASES: list[Case] = [
    fal("nano-banana", "fal-ai/nano-banana", SHAPE | BANANA, SHAPE | BANANA,
        ("webp", 1376, 768, 2)),
    fal("nano-banana-2", "fal-ai/nano-banana-2",
        {"aspect_ratio": "4:1", "resolution": "2K", **BANANA},
        {"aspect_ratio": "4:1", "resolution": "2K", **BANANA}, ("webp", 4096, 1024, 2)),
    fal("nano-banana-pro", "fal-ai/nano-banana-pro",
        {**SHAPE, "resolution": "2K", **BANANA},
        {**SHAPE, "resolution": "2K", **BANANA}, ("webp", 2720, 1536, 2)),
    fal("seedream-4", f"{SEEDREAM}/v4/text-to-image",
        {**SHAPE, "resolution": "1K", "num_images": 2, **SEED},
        {"num_images": 2, **SEED, **size(1365, 768)}, ("png", 1365, 768, 2)),
    fal("seedream-4", f"{SEEDREAM}/v4/text-to-image",
        {"width": 1200, "height": 800, "num_images": 2, **SEED},
        {"num_images": 2, **SEED, **size(1200, 800)}, ("png", 1200, 800, 2)),
    fal("seedream-4.5", f"{SEEDREAM}/v4.5/text-to-image",
        {"aspect_ratio": "1:1", "resolution": "2K", "num_images": 2, **SEED},
        {"num_images": 2, **SEED, **size(2048, 2048)}, ("png", 2048, 2048, 2)),
    fal("seedream-4.5", f"{SEEDREAM}/v4.5/text-to-image",
        {"width": 1920, "height": 2000, "num_images": 2, **SEED},
        {"num_images": 2, **SEED, **size(1920, 2000)}, ("png", 1920, 2000, 2)),
    fal("flux-schnell", "fal-ai/flux/schnell", {**SHAPE, **FLUX, "guidance_scale": 6.5},
        {**FLUX, "guidance_scale": 6.5, **size(1365, 768)}, ("png", 1365, 768, 2)),
    fal("flux-schnell", "fal-ai/flux/schnell", {"width": 1200, "height": 630, **FLUX},
        {**FLUX, **size(1200, 630)}, ("png", 1200, 630, 2)),
    fal("flux-dev", "fal-ai/flux/dev", {**SHAPE, **FLUX, "guidance_scale": 6.5},
        {**FLUX, "guidance_scale": 6.5, **size(1365, 768)}, ("png", 1365, 768, 2)),
    fal("flux-dev", "fal-ai/flux/dev", {"width": 1200, "height": 630, **FLUX},
        {**FLUX, **size(1200, 630)}, ("png", 1200, 630, 2)),
    fal("gpt-image-2", "openai/gpt-image-2",
        {**SHAPE, "resolution": "1K", "num_images": 2, "quality": "low", "output_format": "jpeg"},
        {"num_images": 2, "quality": "low", "output_format": "jpeg", **size(1360, 768)},
        ("jpeg", 1360, 768, 2)),
    fal("gpt-image-2", "openai/gpt-image-2",
        {"width": 1200, "height": 624, "quality": "low"},
        {"quality": "low", **size(1200, 624)}, ("png", 1200, 624, 1)),
    replicate("nano-banana", "google/nano-banana", {**SHAPE, "output_format": "png"},
              {**SHAPE, "output_format": "png"}, ("png", 1376, 768, 1)),
    replicate("nano-banana-2", "google/nano-banana-2",
              {"aspect_ratio": "1:4", "resolution": "2K", "output_format": "png"},
              {"aspect_ratio": "1:4", "resolution": "2K", "output_format": "png"},
              ("png", 1024, 4096, 1)),
    replicate("nano-banana-pro", "google/nano-banana-pro",
              {**SHAPE, "resolution": "1K", "output_format": "png"},
              {**SHAPE, "resolution": "1K", "output_format": "png"}, ("png", 1376, 768, 1)),
    replicate("seedream-4", "bytedance/seedream-4", {**SHAPE, "resolution": "1K"},
              {**SHAPE, "size": "1K"}, ("jpeg", 1376, 768, 1)),
    replicate("seedream-4", "bytedance/seedream-4", {"width": 1200, "height": 1100},
              {"size": "custom", "width": 1200, "height": 1100}, ("jpeg", 1200, 1100, 1)),
    replicate("seedream-4.5", "bytedance/seedream-4.5", {**SHAPE, "resolution": "4K"},
              {**SHAPE, "size": "4K"}, ("jpeg", 5472, 3072, 1)),
    replicate("flux-schnell", "black-forest-labs/flux-schnell", {**SHAPE, **FLUX},
              {**SHAPE, "num_outputs": 2, "seed": 7, "num_inference_steps": 3,
               "output_format": "png"}, ("png", 1376, 768, 2)),
    replicate("flux-dev", "black-forest-labs/flux-dev",
              {**SHAPE, **FLUX, "guidance_scale": 6.5, "output_format": "jpeg"},
              {**SHAPE, "num_outputs": 2, "seed": 7, "num_inference_steps": 3, "guidance": 6.5,
               "output_format": "jpg"}, ("jpeg", 1376, 768, 2)),
    replicate("gpt-image-2", "openai/gpt-image-2",
              {"aspect_ratio": "3:2", "num_images": 2, "quality": "low", "output_format": "jpeg"},
              {"aspect_ratio": "3:2", "number_of_images": 2, "quality": "low",
               "output_format": "jpeg"}, ("jpeg", 1536, 1024, 2)),
    wavespeed("seedream-4", "bytedance/seedream-v4", {**SHAPE, "resolution": "4K"},
              {"size": "4096*2304"}, ("jpeg", 4096, 2304, 1)),
    wavespeed("seedream-4", "bytedance/seedream-v4", {"width": 1200, "height": 1100},
              {"size": "1200*1100"}, ("jpeg", 1200, 1100, 1)),
    wavespeed("flux-dev", "wavespeed-ai/flux-dev", {**SHAPE, **FLUX, "guidance_scale": 6.5},
              {**FLUX, "guidance_scale": 6.5, "size": "1365*768"}, ("png", 1365, 768, 2)),
    wavespeed("flux-dev", "wavespeed-ai/flux-dev", {"width": 1200, "height": 630, **FLUX},
              {**FLUX, "size": "1200*630"}, ("png", 1200, 630, 2)),
    openai({**SHAPE, "resolution": "1K", "num_images": 2, "quality": "low",
            "output_format": "webp"},
           {"n": 2, "quality": "low", "output_format": "webp", "size": "1360x768"},
           ("webp", 1360, 768, 2)),
    openai({"width": 1200, "height": 624, "quality": "high"},
           {"quality": "high", "size": "1200x624"}, ("png", 1200, 624, 1)),
    *hf_inference("sd3-medium", "stabilityai/stable-diffusion-3-medium-diffusers",
                  (1360, 768), (640, 512)),
    *hf_inference("sdxl", "stabilityai/stable-diffusion-xl-base-1.0", (1368, 768), (640, 512)),
    *hf_inference("sd-1.5", "stable-diffusion-v1-5/stable-diffusion-v1-5", (680, 384), (512, 768)),
    *hf_inference("sd-1.4", "CompVis/stable-diffusion-v1-4", (680, 384), (512, 768)),
    hf("flux-dev", "fal-ai/fal-ai/flux/dev", {**SHAPE, **SEED, **STEPS},
       {**SEED, **STEPS, **size(1365, 768)}, ("jpeg", 1365, 768, 1)),
    hf("flux-dev", "fal-ai/fal-ai/flux/dev", {"width": 640, "height": 360, **SEED},
       {**SEED, **size(640, 360)}, ("jpeg", 640, 360, 1)),
    hf("flux-schnell", "nscale/v1/images/generations",
       {**SHAPE, **SEED, "num_inference_steps": 3},
       {"model": "black-forest-labs/FLUX.1-schnell", "response_format": "b64_json", **SEED,
        "size": "1365x768"}, ("jpeg", 1365, 768, 1)),
    hf("flux-schnell", "nscale/v1/images/generations", {"width": 640, "height": 360, **SEED},
       {"model": "black-forest-labs/FLUX.1-schnell", "response_format": "b64_json", **SEED,
        "size": "640x360"}, ("jpeg", 640, 360, 1)),
]  # fmt: skip
# Rows the emulated hub, like the real one today, says nobody serves: they are tried in test_hub.
UNSERVED = {"huggingface/sd-2.1"}
