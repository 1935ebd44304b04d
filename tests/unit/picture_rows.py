"""For every row that takes pictures: what is asked, and the body that must go out.

Written out by hand from what the providers publish, so that neither a row nor an adapter can
change the wire unnoticed. "1", "2" stand for the pictures' addresses. All of a row's params stand
in its cases, each with a legal value that is not its default where there is another.
"""

from __future__ import annotations

from typing import Any

from providers.easel_prompts import RETOUCH, SWAP

A_FOX = {"prompt": "a fox"}
SHAPE = {"aspect_ratio": "16:9"}
SEED = {"seed": 7}
BANANA = {"num_images": 2, "seed": 7, "output_format": "webp"}
SEVERAL = {"image_urls": ["1", "2"]}
ONE = {"image_url": "1"}
INPUTS = {"image_input": ["1", "2"]}
LOW = {"num_images": 2, "quality": "low", "output_format": "jpeg"}


def size(width: int, height: int) -> dict[str, Any]:
    return {"image_size": {"width": width, "height": height}}


# The row's id, how many pictures, the settings, the body.
CASES: list[tuple[str, int, dict[str, Any], dict[str, Any]]] = [
    ("fal/nano-banana-edit", 2, SHAPE | BANANA, A_FOX | SEVERAL | SHAPE | BANANA),
    ("fal/nano-banana-2-edit", 2, {"aspect_ratio": "4:1", "resolution": "2K", **BANANA},
     {**A_FOX, **SEVERAL, "aspect_ratio": "4:1", "resolution": "2K", **BANANA}),
    ("fal/nano-banana-pro-edit", 2, {**SHAPE, "resolution": "4K", **BANANA},
     {**A_FOX, **SEVERAL, **SHAPE, "resolution": "4K", **BANANA}),
    ("fal/seedream-4-edit", 2, {**SHAPE, "resolution": "1K", "num_images": 2, **SEED},
     {**A_FOX, **SEVERAL, "num_images": 2, **SEED, **size(1365, 768)}),
    ("fal/seedream-4-edit", 2, {"width": 1200, "height": 800, **SEED},
     {**A_FOX, **SEVERAL, **SEED, **size(1200, 800)}),
    ("fal/seedream-4.5-edit", 2, {"aspect_ratio": "1:1", "resolution": "4K", "num_images": 2,
     **SEED}, {**A_FOX, **SEVERAL, "num_images": 2, **SEED, **size(4096, 4096)}),
    ("fal/seedream-4.5-edit", 2, {"width": 1920, "height": 2000, **SEED},
     {**A_FOX, **SEVERAL, **SEED, **size(1920, 2000)}),
    ("fal/seedream-5-lite-edit", 2, {"num_images": 2}, {**A_FOX, **SEVERAL, "num_images": 2}),
    ("fal/flux-kontext-pro", 1,
     {"aspect_ratio": "9:21", "num_images": 2, "guidance_scale": 6.5, "output_format": "png",
      **SEED},
     {**A_FOX, **ONE, "aspect_ratio": "9:21", "num_images": 2, "guidance_scale": 6.5,
      "output_format": "png", **SEED}),
    ("fal/chrono-edit", 1, {"resolution": "720p", "output_format": "webp", **SEED},
     {**A_FOX, **ONE, "resolution": "720p", "output_format": "webp", **SEED}),
    ("fal/gpt-image-2-edit", 2, {**SHAPE, "resolution": "1K", **LOW},
     {**A_FOX, **SEVERAL, **LOW, **size(1360, 768)}),
    ("fal/gpt-image-2-edit", 2, {"width": 1200, "height": 624},
     {**A_FOX, **SEVERAL, **size(1200, 624)}),
    ("fal/retoucher", 1, {"mode": "soft", **SEED}, {**ONE, **SEED}),
    ("fal/seedream-4-enhance", 1, {"mode": "Enhance", "num_images": 2, **SEED},
     {"prompt": f"{RETOUCH}\n\nWithin these limits, the wish: a fox", "image_urls": ["1"],
      "num_images": 2, "image_size": "auto", **SEED}),
    ("fal/codeformer", 1,
     {"mode": "enhance", "fidelity": 0.9, "scale": 4, "face_enhancement": False, **SEED},
     {**ONE, "fidelity": 0.9, "upscale_factor": 4, "face_upscale": False, **SEED}),
    ("fal/seedream-4-swap", 2, {"num_images": 2, **SEED},
     {"prompt": SWAP, **SEVERAL, "num_images": 2, "image_size": "auto", **SEED}),
    ("fal/recraft-crisp", 1, {}, ONE),
    ("fal/esrgan", 1,
     {"scale": 4, "enhance_model": "RealESRGAN_x4_v3", "face_enhancement": True,
      "output_format": "jpeg"},
     {**ONE, "scale": 4, "model": "RealESRGAN_x4_v3", "face": True, "output_format": "jpeg"}),
    ("fal/clarity-upscaler", 1,
     {"scale": 3, "creativity": 0.1, "resemblance": 0.9, "guidance_scale": 6,
      "num_inference_steps": 20, "negative_prompt": "grain", **SEED},
     {**ONE, "upscale_factor": 3, "creativity": 0.1, "resemblance": 0.9, "guidance_scale": 6.0,
      "num_inference_steps": 20, "negative_prompt": "grain", **SEED}),
    ("fal/topaz", 1,
     {"scale": 4, "enhance_model": "CGI", "face_enhancement": "false", "output_format": "png"},
     {**ONE, "upscale_factor": 4, "model": "CGI", "face_enhancement": False,
      "output_format": "png"}),
    ("fal/aura-sr", 1, {"scale": 4, "enhance_model": "v2"},
     {**ONE, "upscale_factor": 4, "checkpoint": "v2"}),
    ("replicate/nano-banana-edit", 2, {**SHAPE, "output_format": "png"},
     {**A_FOX, **INPUTS, **SHAPE, "output_format": "png"}),
    ("replicate/nano-banana-2-edit", 2,
     {"aspect_ratio": "1:4", "resolution": "2K", "output_format": "png"},
     {**A_FOX, **INPUTS, "aspect_ratio": "1:4", "resolution": "2K", "output_format": "png"}),
    ("replicate/nano-banana-pro-edit", 2, {**SHAPE, "resolution": "1K", "output_format": "png"},
     {**A_FOX, **INPUTS, **SHAPE, "resolution": "1K", "output_format": "png"}),
    ("replicate/seedream-4-edit", 2, {**SHAPE, "resolution": "1K"},
     {**A_FOX, **INPUTS, **SHAPE, "size": "1K"}),
    ("replicate/seedream-4-edit", 2, {"width": 1200, "height": 1100},
     {**A_FOX, **INPUTS, "size": "custom", "width": 1200, "height": 1100}),
    ("replicate/seedream-4.5-edit", 2, {**SHAPE, "resolution": "4K"},
     {**A_FOX, **INPUTS, **SHAPE, "size": "4K"}),
    ("replicate/flux-kontext-pro", 1, {**SHAPE, **SEED, "output_format": "jpeg"},
     {**A_FOX, "input_image": "1", **SHAPE, **SEED, "output_format": "jpg"}),
    ("replicate/qwen-image-edit-plus", 2, {**SHAPE, **SEED, "output_format": "jpeg"},
     {**A_FOX, "image": ["1", "2"], **SHAPE, **SEED, "output_format": "jpg"}),
    ("replicate/gpt-image-2-edit", 2, {"aspect_ratio": "3:2", **LOW},
     {**A_FOX, "input_images": ["1", "2"], "aspect_ratio": "3:2", "number_of_images": 2,
      "quality": "low", "output_format": "jpeg"}),
    ("replicate/codeformer", 1,
     {"mode": "enhance", "fidelity": 0.9, "scale": 1, "face_enhancement": "no"},
     {"image": "1", "codeformer_fidelity": 0.9, "upscale": 1, "face_upsample": False}),
    ("replicate/gfpgan", 1, {"mode": "enhance", "enhance_model": "RestoreFormer", "scale": 4},
     {"img": "1", "version": "RestoreFormer", "scale": 4}),
    ("replicate/seedream-4-enhance", 1, {"mode": "enhance"},
     {"prompt": f"{RETOUCH}\n\nWithin these limits, the wish: a fox", "image_input": ["1"]}),
    ("replicate/cdingram-face-swap", 2, {}, {"swap_image": "1", "input_image": "2"}),
    ("replicate/omniedge-face-swap", 2, {}, {"swap_image": "1", "target_image": "2"}),
    ("replicate/seedream-4-swap", 2, {}, {"prompt": SWAP, **INPUTS}),
    ("replicate/recraft-crisp", 1, {}, {"image": "1"}),
    ("replicate/real-esrgan", 1, {"scale": 2, "face_enhancement": True},
     {"image": "1", "scale": 2, "face_enhance": True}),
    ("replicate/topaz", 1, {}, {"image": "1", "upscale_factor": "2x"}),
    ("replicate/topaz", 1, {"scale": 6, "enhance_model": "CGI", "face_enhancement": True},
     {"image": "1", "upscale_factor": "6x", "enhance_model": "CGI", "face_enhancement": True}),
    ("wavespeed/seedream-4-edit", 2, {**SHAPE, "resolution": "4K"},
     {**A_FOX, "images": ["1", "2"], "size": "4096*2304"}),
    ("wavespeed/seedream-4-edit", 2, {"width": 1200, "height": 1100},
     {**A_FOX, "images": ["1", "2"], "size": "1200*1100"}),
    ("wavespeed/image-face-swap", 2, {"output_format": "png"},
     {"face_image": "1", "image": "2", "output_format": "png"}),
    ("wavespeed/seedream-4-swap", 2, {}, {"prompt": SWAP, "images": ["1", "2"]}),
    ("openai/gpt-image-2-edit", 2, {**SHAPE, "resolution": "1K", **LOW},
     {"model": "gpt-image-2", **A_FOX, "image[]": ["1", "2"], "n": 2, "quality": "low",
      "output_format": "jpeg", "size": "1360x768"}),
    ("openai/gpt-image-2-edit", 2, {"width": 1200, "height": 624},
     {"model": "gpt-image-2", **A_FOX, "image[]": ["1", "2"], "size": "1200x624"}),
    ("openai/gpt-image-2-edit", 1, {},
     {"model": "gpt-image-2", **A_FOX, "image[]": ["1"], "size": "auto"}),
    ("huggingface/flux-kontext-dev", 1,
     {**SEED, "num_inference_steps": 20, "guidance_scale": 6.5},
     {"inputs": "1", "parameters": {**A_FOX, **SEED, "num_inference_steps": 20,
                                    "guidance_scale": 6.5}}),
    ("huggingface/flux-2-dev", 1, {**SEED, "num_inference_steps": 20, "guidance_scale": 6.5},
     {"inputs": "1", "parameters": {**A_FOX, **SEED, "num_inference_steps": 20,
                                    "guidance_scale": 6.5}}),
    ("huggingface/flux-2-klein", 1, SEED, {"inputs": "1", "parameters": A_FOX | SEED}),
    ("huggingface/qwen-image-edit", 1, {**SEED, "num_inference_steps": 20},
     {"inputs": "1", "parameters": {**A_FOX, **SEED, "num_inference_steps": 20}}),
    ("local/edit", 2, {}, {"prompt": "warmer", "pictures": ["1", "2"]}),
    ("local/retouch", 1, {"mode": "enhance", "strength": 0.5},
     {"picture": "1", "mode": "enhance", "strength": 0.5}),
    ("local/upscale", 1, {"scale": 4, "output_format": "webp"},
     {"picture": "1", "scale": 4, "output_format": "webp"}),
    ("local/face-swap", 2, {"source_face": 2, "target_face": 3},
     {"source": "1", "target": "2", "source_face": 2, "target_face": 3}),
    ("local/text", 1, {"wishes": "on top", "style": "{}", "output_format": "png"},
     {**A_FOX, "picture": "1", "wishes": "on top", "style": "{}", "output_format": "png"}),
]  # fmt: skip
