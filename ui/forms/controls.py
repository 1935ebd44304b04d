"""From params to controls: what a model lacks is not shown, what is still legal is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import gradio as gr

from i18n import say
from providers.catalogue import MODELS, models_for, provider_of
from providers.params import NAMED_RATIOS, TIERS
from providers.schema import Model, Param, Pixels, Task
from providers.sizes import parse_ratio, pixels_for
from studio.keys import Keyring
from studio.retired_models import ending, retired
from studio.routing import AUTO, obstacle

COVER = "1200x630"
EXACT_SIZES = ("1024x1024", COVER, "1920x1080", "1472x2048", "1792x1792", "2048x1472")
ABOUT = Pixels(minimum=64, maximum=8192, multiple=8)
COUNTS = (1, 2, 3, 4, 6, 8, 10)
Form = Mapping[str, Any]


def params_of(model_id: str, keys: Keyring, task: Task = Task.TEXT_TO_IMAGE) -> dict[str, Param]:
    """The params to show: the model's own, or for Auto all that some model within reach has."""
    if model_id in MODELS:
        return {param.name: param for param in MODELS[model_id].params}
    merged: dict[str, Param] = {}
    for model in models_for(task):
        if not obstacle(model, keys):
            for param in model.params:
                merged[param.name] = _widest(merged.get(param.name), param)
    return merged


def settings_of(form: Form, params: Mapping[str, Param]) -> dict[str, Any]:
    """The form's values as settings; those of hidden controls are left out."""
    exact = str(form.get("exact") or "").lower().replace("×", "x").replace(" ", "")
    shape = exact or str(form.get("shape") or "")
    settings = {name: form.get(name) for name in params if name in form}
    if "x" in shape and "width" in params:
        settings["width"], _, settings["height"] = shape.partition("x")
        settings.pop("resolution", None)
    elif "aspect_ratio" in params:
        settings["aspect_ratio"] = shape
    return settings


def updates(params: Mapping[str, Param], form: Form) -> dict[str, Any]:
    """One update per control of the form."""
    return {
        "shape": radio_update(shape_choices(params, form), form.get("shape"), "1:1"),
        "resolution": radio_update(
            with_default(params.get("resolution")), form.get("resolution"), ""
        ),
        "num_images": radio_update(
            count_choices(params.get("num_images"), form.get("num_images")),
            form.get("num_images"),
            1,
        ),
        "exact": gr.update(visible="width" in params),
        "seed": gr.update(visible="seed" in params),
        "negative_prompt": gr.update(visible="negative_prompt" in params),
        "num_inference_steps": number_update(params.get("num_inference_steps"), form),
        "guidance_scale": number_update(params.get("guidance_scale"), form),
        "quality": radio_update(with_default(params.get("quality")), form.get("quality"), ""),
        "output_format": radio_update(
            with_default(params.get("output_format")), form.get("output_format"), ""
        ),
    }


def settled(form: Form, controls: Mapping[str, Any], update: Mapping[Any, Any]) -> dict[str, Any]:
    """The form as it is once an update has reached the page."""
    return {
        name: update.get(controls[name], {}).get("value", value) for name, value in form.items()
    }


def model_choices(keys: Keyring, task: Task = Task.TEXT_TO_IMAGE) -> list[tuple[str, str]]:
    """Auto, then every model by name; those that cannot be asked say what they need."""
    rows = [m for m in models_for(task) if not retired(m)]
    ready = [(_model_label(model, ""), model.id) for model in rows if not obstacle(model, keys)]
    locked = [(_model_label(m, needs(m)), m.id) for m in rows if obstacle(m, keys)]
    return [(say("who.auto"), AUTO), *ready, *locked]


def needs(model: Model) -> str:
    """What to set to use a model: "needs FAL_KEY"."""
    names = provider_of(model).key_names
    return say("who.needs", name=names[0]) if names else ""


def shape_choices(params: Mapping[str, Param], form: Form) -> list[tuple[str, str]]:
    """Portrait, square and landscape with their pixels, the cover size, then the other ratios."""
    ratio = params.get("aspect_ratio")
    offered = [str(choice) for choice in ratio.choices] if ratio else []
    choices = [
        (f"{say(f'create.shape.{name}')}\n{each}\n{_pixels(each, form)}", each)
        for name, each in NAMED_RATIOS.items()
        if each in offered
    ]
    if "width" in params and "aspect_ratio" in params:
        choices.append((f"{say('create.shape.cover')}\n1.9:1\n1200×630", COVER))
    named = NAMED_RATIOS.values()
    return choices + [(each, each) for each in offered if each not in named]


def _pixels(text: str, form: Form) -> str:
    """The size a shape comes out at: exact where Easel sets it, about so elsewhere."""
    model = MODELS.get(str(form.get("model")))
    limits = model.limits.pixels if model else None
    tier = str(form.get("resolution") or "")
    ratio = parse_ratio(text) or Fraction(1)
    if limits is None:
        width, height = pixels_for(ratio, TIERS.get(tier, TIERS["1K"]), ABOUT)
        return f"≈{width}×{height}"
    area = limits.tiers.get(tier, limits.default)
    width, height = pixels_for(ratio, area, limits)
    return f"{width}×{height}"


def count_choices(param: Param | None, wanted: Any = 1) -> list[tuple[str, int]]:
    """How many pictures can be asked for at once; the number that is wanted among them."""
    most = int(param.maximum or 1) if param else 1
    offered = {*COUNTS, wanted} if isinstance(wanted, int) and wanted > 0 else {*COUNTS}
    return [(str(number), number) for number in sorted(offered) if number <= most]


def _model_label(model: Model, need: str) -> str:
    ends = say("models.ends", date=model.status.until) if ending(model) else ""
    title = f"{model.title} · {provider_of(model).title}"
    return " — ".join(each for each in (title, ends, need) if each)


def with_default(param: Param | None) -> list[tuple[str, str]]:
    """A param's choices behind the one that leaves it to the model."""
    if param is None:
        return []
    return [(say("create.default"), ""), *((str(each), str(each)) for each in param.choices)]


def radio_update(choices: list[tuple[str, Any]], value: Any, default: Any) -> Any:
    """A radio's update: the value is kept when it is still offered. A kept value is not sent, so
    that what a person chooses while the answer is on its way is not undone."""
    legal = [each for _, each in choices]
    kept = value if value in legal else (default if default in legal else (legal or [default])[0])
    new = {} if kept == value else {"value": kept}
    return gr.update(choices=choices, visible=len(choices) > 1, **new)


def number_update(param: Param | None, form: Form) -> Any:
    """A number's update: its bounds as a hint; a value out of them is cleared."""
    if param is None:
        return gr.update(visible=False)
    text = str(form.get(param.name) or "")
    default = "" if param.default is None else f", {param.default} by default"
    new = {} if _legal(param, text) else {"value": ""}
    return gr.update(visible=True, info=f"{param.allowed()}{default}", **new)


def _legal(param: Param, text: str) -> bool:
    try:
        number = float(text)
    except ValueError:
        return True  # said when the button is pressed, so that nothing typed is lost
    return (param.minimum or 0) <= number <= (param.maximum or float("inf"))


def _widest(one: Param | None, other: Param) -> Param:
    """A param that allows what either allows, for Auto."""
    if one is None:
        return replace(other, default=None)
    return replace(
        one,
        choices=tuple(dict.fromkeys((*one.choices, *other.choices))),
        minimum=_least(min, one.minimum, other.minimum),
        maximum=_least(max, one.maximum, other.maximum),
    )


def _least(pick: Any, *bounds: float | None) -> float | None:
    known = [bound for bound in bounds if bound is not None]
    return pick(known) if known else None
