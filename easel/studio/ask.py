"""Reads what a user asked and checks it against a model, before anything is sent."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from easel.providers.errors import InvalidInput
from easel.providers.params import NAMED_RATIOS, SEED_MAXIMUM, TIERS
from easel.providers.schema import GenerationRequest, Model, Param, Pixels, Value
from easel.providers.sizes import fit_exact, parse_ratio, pixels_for, refuse_size

NUMBERS = ("width", "height", "num_images", "seed", "num_inference_steps", "guidance_scale")
WHOLE = frozenset(NUMBERS) - {"guidance_scale"}
SYNONYMS = {"jpg": "jpeg"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked, read but not yet held against a model. Blank settings are left out."""

    prompt: str
    settings: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """A request one model can take, and what the user should know about it."""

    request: GenerationRequest
    warnings: tuple[str, ...] = ()


def read_asked(prompt: object, settings: Mapping[str, object]) -> Asked:
    """The prompt and the settings that are set, as plain values.

    Blank ("" or None) means the model's default. Raises `InvalidInput` naming the field when a
    value is not of its kind.
    """
    text = str(prompt or "").strip()
    if not text:
        raise InvalidInput(
            "The prompt is empty. Write what the picture should show.", field="prompt"
        )
    read: dict[str, Value] = {}
    for name, value in settings.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        read[name] = _number(name, value) if name in NUMBERS else str(value).strip()
    if "aspect_ratio" in read:
        ratio = str(read["aspect_ratio"]).lower()
        read["aspect_ratio"] = NAMED_RATIOS.get(ratio, ratio)
    if "output_format" in read:
        kind = str(read["output_format"]).lower()
        read["output_format"] = SYNONYMS.get(kind, kind)
    return Asked(text, read)


def check(model: Model, asked: Asked, draw_seed: random.Random | None = None) -> Checked:
    """The request for one model, or `InvalidInput` naming what it cannot take and what it can."""
    if len(asked.prompt) > model.limits.prompt:
        raise InvalidInput(
            f"The prompt has {len(asked.prompt):,} characters; {model.id} reads at most "
            f"{model.limits.prompt:,}.",
            field="prompt",
        )
    settings = dict(asked.settings)
    if settings.get("num_images") == 1 and not model.param("num_images"):
        del settings["num_images"]
    exact = "width" in settings or "height" in settings
    if exact and "resolution" in settings:
        raise InvalidInput(
            "Give either resolution, or width and height, not both.", field="resolution"
        )
    ratio = settings.get("aspect_ratio") if exact else None
    if exact:
        settings.pop("aspect_ratio", None)
    for name, value in settings.items():
        _check_param(model, name, value)
    if exact:
        _complete(settings, parse_ratio(str(ratio or "1:1")) or Fraction(1))
    warnings = _to_pixels(model, settings)
    if model.param("seed") and "seed" not in settings:
        settings["seed"] = (draw_seed or random.SystemRandom()).randint(0, SEED_MAXIMUM)
    request = GenerationRequest(model, asked.prompt, _to_send(model, settings))
    return Checked(request, warnings)


def _number(name: str, value: object) -> int | float:
    """A number from whatever a form or an API gives."""
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise InvalidInput(f"{name} must be a number, not {str(value)[:40]!r}.", field=name)
    if name not in WHOLE:
        return number
    if number != int(number):
        raise InvalidInput(f"{name} must be a whole number, not {value}.", field=name)
    return int(str(value)) if str(value).lstrip("-").isdecimal() else int(number)


def _check_param(model: Model, name: str, value: Value) -> None:
    """Whether the model has this param and takes this value."""
    param = model.param(name)
    if param is None:
        names = ", ".join(each.name for each in model.params)
        raise InvalidInput(f"{model.id} has no {name}. It takes: {names}.", field=name)
    if not _within(param, value):
        raise InvalidInput(
            f"{name} of {model.id} must be {param.allowed()}, not {str(value)[:60]}.", field=name
        )


def _within(param: Param, value: Value) -> bool:
    if param.choices:
        return value in param.choices
    if param.kind in ("integer", "number"):
        low, high = param.minimum, param.maximum
        number = float(value)
        return (low is None or number >= low) and (high is None or number <= high)
    return True


def _complete(settings: dict[str, Value], ratio: Fraction) -> None:
    """Fill in the side the user left out, from the shape."""
    if "width" not in settings:
        settings["width"] = round(int(settings["height"]) * ratio)
    if "height" not in settings:
        settings["height"] = round(int(settings["width"]) / ratio)


def _to_pixels(model: Model, settings: dict[str, Value]) -> tuple[str, ...]:
    """Turn shape and resolution into width and height, where the model takes pixels."""
    limits = model.limits.pixels
    if limits is None:
        return ()
    if "width" in settings:
        return _exact(model, settings, limits)
    shape = model.param("aspect_ratio")
    if shape is None or shape.wire != "pixels":
        return ()
    if not {"aspect_ratio", "resolution"} & settings.keys() and shape.default is None:
        return ()  # the provider has a default of its own
    ratio = parse_ratio(str(settings.pop("aspect_ratio", shape.default or "1:1"))) or Fraction(1)
    tier = str(settings.pop("resolution", ""))
    area = limits.tiers.get(tier, TIERS.get(tier, limits.default))
    settings["width"], settings["height"] = pixels_for(ratio, area, limits)
    return ()


def _exact(model: Model, settings: dict[str, Value], limits: Pixels) -> tuple[str, ...]:
    """Check an exact size, and round it to what the model can make."""
    width, height = int(settings["width"]), int(settings["height"])
    near = fit_exact(width, height, limits)
    if reason := refuse_size(width, height, limits):
        raise InvalidInput(f"{model.id}: {reason}.", field="width")
    settings["width"], settings["height"] = near
    if near == (width, height):
        return ()
    return (
        f"{width}x{height} was rounded to {near[0]}x{near[1]}: "
        f"{model.title} takes multiples of {limits.multiple}.",
    )


def _to_send(model: Model, settings: Mapping[str, Value]) -> dict[str, Value]:
    """What goes out: an unverified param only when it says something the default does not."""
    kept = {}
    for name, value in settings.items():
        param = model.param(name)
        if param and param.unverified and value == param.default:
            continue
        kept[name] = value
    return kept
