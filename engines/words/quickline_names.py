"""What people call a setting on a quick line, in English, Russian and Ukrainian.

Case, blanks, hyphens and underscores in a name do not count. "size" and "shape" are no settings
of their own: what they become depends on their value.
"""

from __future__ import annotations

from typing import Final

# The word that used to lead such a line.
LEADING: Final = "изображение"

NAMES: Final[dict[str, str]] = {
    "model": "model engine m модель",
    "size": "size resolution res dimensions размер разрешение розмір",
    "aspect_ratio": "aspect_ratio aspect ar ratio shape пропорции соотношение пропорції",
    "width": "width w ширина",
    "height": "height h высота висота",
    "negative_prompt": "negative_prompt negative neg no avoid негатив негативный_промпт "
    "негативний_промпт",
    "seed": "seed сид зерно",
    "num_images": "num_images n count images number num batch количество кількість",
    "num_inference_steps": "num_inference_steps steps inference_steps шаги кроки",
    "guidance_scale": "guidance_scale guidance cfg cfg_scale scale_guidance",
    "quality": "quality качество якість",
    "output_format": "output_format format filetype формат",
    "strength": "strength denoise сила",
    "scale": "scale upscale увеличение збільшення",
    "creativity": "creativity",
    "resemblance": "resemblance",
    "fidelity": "fidelity",
    "style": "style стиль",
    "translate": "translate translation перевод переклад",
}

# Shapes by name; the values are those that Easel's own `aspect_ratio` takes.
SHAPES: Final[dict[str, str]] = {
    "portrait": "portrait vertical tall портрет вертикальное вертикальный вертикально "
    "вертикальне вертикальний",
    "square": "square 1 квадрат квадратное квадратный квадратне",
    "landscape": "landscape horizontal wide ландшафт горизонтальное горизонтальный горизонтально "
    "горизонтальне альбом",
}

FORMATS: Final = {"jpg": "jpeg", "jpe": "jpeg"}
TIERS: Final = frozenset({"1k", "2k", "4k"})

# Short names of models in the older bots, as (what was typed, the end of an endpoint or id).
MODEL_NAMES: Final[dict[str, str]] = {
    "flux": "flux/dev",
    "dalle3": "gpt-image-1",
    "dalle": "gpt-image-1",
    "nanobanana": "nano-banana",
    "banana": "nano-banana",
    "nanobananapro": "nano-banana-pro",
    "sdxl": "stable-diffusion-xl-base-1.0",
    "sd3": "stable-diffusion-3-medium-diffusers",
}


def squeeze(name: str) -> str:
    """A name without case, blanks and joints, so that "Aspect-Ratio" is "aspectratio"."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


SETTINGS: Final = {
    squeeze(name): setting for setting, names in NAMES.items() for name in names.split()
}
# Of these, the names that mean nothing else as a key of JSON: {"count": 3} may count cats, and
# {"style": …}, {"strength": …} or {"no": …} describe what is to be seen.
_ELSEWHERE = (
    "m n w h s no avoid count images number num batch engine shape aspect denoise количество "
    "кількість сила scale upscale увеличение збільшення dimensions"
)
_IN_JSON = (
    "model size aspect_ratio width height negative_prompt seed num_images num_inference_steps "
    "guidance_scale quality output_format translate"
)
JSON_NAMES: Final = {
    name: setting
    for name, setting in SETTINGS.items()
    if setting in _IN_JSON.split() and name not in _ELSEWHERE.split()
}
SHAPE_NAMES: Final = {
    squeeze(name): shape for shape, names in SHAPES.items() for name in names.split()
}
