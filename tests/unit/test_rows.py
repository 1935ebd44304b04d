"""Every row of the catalogue, held against its own rules and the schemas providers publish."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from providers import params
from providers.catalogue import PROVIDERS, provider_of
from providers.schema import Model, Param, Pixels, Task, Value
from studio.request import check
from tests.loops import for_each
from tests.making import asked_of

DATA = Path(__file__).parent / "data"
ROWS = {provider.name: provider.models for provider in PROVIDERS}
MODELS = [model for models in ROWS.values() for model in models]
PAIRS = [(model, param) for model in MODELS for param in model.params]
FAL_PAIRS = [(model, param) for model, param in PAIRS if model.provider == "fal" and param.wire]
# Where a provider contradicts itself: the row follows the page it names.
DISPUTED = {
    ("fal/flux-schnell", "num_inference_steps"): "page: 4 steps; types: 28",
    ("fal/clarity-upscaler", "negative_prompt"): "left out, fal's own stays in force",
}


def _pair_id(part: object) -> str:
    return str(getattr(part, "id", "") or getattr(part, "name", ""))


each_model = for_each(MODELS)
each_param = for_each(PAIRS)


def test_every_provider_has_its_rows() -> None:
    assert len({model.id for model in MODELS}) == len(MODELS)
    assert all(model.provider == name for name, models in ROWS.items() for model in models)


@each_model
def test_row_is_filled_in(model: Model) -> None:
    assert model.title and model.endpoint and model.source
    assert model.licence.endswith(".")
    assert model.languages and model.seconds > 0
    assert bool(model.params or model.slots) == (model.status.state != "retired")
    assert all(code == "*" or len(code) == 2 for code in model.languages)
    assert len({param.name for param in model.params}) == len(model.params)


@each_model
def test_price_is_sourced_or_unknown(model: Model) -> None:
    price = model.price
    if price.usd is None:
        return
    if model.provider != "local":
        assert price.source.startswith("https://") and price.checked
    if not price.verified:
        assert "price" in model.notes and "unverified" in model.notes and price.note


@each_model
def test_price_steps_are_those_of_a_setting(model: Model) -> None:
    price = model.price
    assert bool(price.by) == bool(price.steps)
    if not price.by:
        return
    param = model.param(price.by)
    assert param is not None and set(price.steps) == set(param.choices)
    assert param.default is not None and price.usd == price.steps[param.default]


@each_model
def test_status_names_a_successor_that_can_be_had(model: Model) -> None:
    status = model.status
    if status.state == "retired":
        assert status.until and status.successor
    if status.state != "live":
        assert status.note
    rows = [row for row in MODELS if row.id == status.successor]
    assert all(row.status.state == "live" and row is not model for row in rows)
    # Who is no row is told by its maker's name, never by what looks like an id of ours.
    names = {row.provider for row in MODELS}
    assert not status.successor or rows or status.successor.partition("/")[0] not in names


@each_param
def test_param_is_of_the_vocabulary_and_wired(model: Model, param: Param) -> None:
    assert param.help == params.PARAMS[param.name].help
    # What is never sent can only say what the model does anyhow.
    assert param.wire or (param.choices == (param.default,) and not param.wire_values)
    assert set(param.wire_values) <= set(param.choices)
    assert not param.unverified or "unverified" in model.notes


@each_param
def test_default_is_allowed(model: Model, param: Param) -> None:
    if param.kind == "choice":
        assert param.choices and len(set(param.choices)) == len(param.choices)
        assert param.default is None or param.default in param.choices
    elif param.kind in ("integer", "number"):
        assert param.minimum is not None and param.maximum is not None
        assert param.minimum <= param.maximum
        if param.default is not None:
            assert param.minimum <= float(param.default) <= param.maximum


@each_param
def test_words_are_those_the_adapters_know(model: Model, param: Param) -> None:
    known = {
        "resolution": {*params.TIERS, "480p", "720p"},
        "output_format": {"png", "jpeg", "webp"},
    }
    assert set(param.choices) <= known.get(param.name, set(param.choices))
    if param.name == "aspect_ratio":
        assert all(_ratio(choice) for choice in param.choices)


@each_model
def test_pixels_come_with_everything_they_need(model: Model) -> None:
    wide, high, pixels = model.param("width"), model.param("height"), model.limits.pixels
    assert (wide is None) == (high is None) == (pixels is None)
    if wide is None or high is None or pixels is None:
        assert not [param for param in model.params if param.wire == "pixels"]
        return
    for side in (wide, high):
        assert (side.minimum, side.maximum) == (pixels.minimum, pixels.maximum)
        assert side.default is None
    tiers = model.param("resolution")
    if tiers and tiers.wire == "pixels":
        assert set(tiers.choices) <= set(pixels.tiers)


@each_model
def test_every_shape_and_tier_fits(model: Model) -> None:
    shape, tiers = model.param("aspect_ratio"), model.param("resolution")
    pixels = model.limits.pixels
    if not (shape and pixels and shape.wire == "pixels"):
        return
    areas = [
        pixels.default,
        *(pixels.tiers[str(name)] for name in (tiers.choices if tiers else ())),
    ]
    for choice in shape.choices:
        assert all(_fits(_ratio(choice), area, pixels) for area in areas), choice


def test_exact_cover_size_is_possible_where_limits_allow() -> None:
    exact = {
        model.id
        for model in MODELS
        if model.limits.pixels and _fits(Fraction(1200, 630), 1200 * 630, model.limits.pixels)
    }
    assert {"fal/flux-dev", "openai/gpt-image-2", "huggingface/sdxl", "local/sketch"} <= exact


@for_each(FAL_PAIRS)
def test_fal_param_is_in_the_published_types(model: Model, param: Param) -> None:
    published = _published()
    fields = published["endpoints"][model.endpoint]["input"]
    if param.wire == "pixels":
        assert "image_size" in fields
        return
    field = fields[param.wire]
    if param.wire == "image_size":
        assert "ImageSize" in field["type"] and param.name in published["types"]["ImageSize"]
        return
    assert {param.to_wire(choice) for choice in param.choices} <= set(
        field.get("enum", param.choices)
    )
    if (model.id, param.name) not in DISPUTED:
        _agrees(param, field.get("default"))


@for_each(ROWS["fal"])
def test_fal_needs_nothing_but_a_prompt_and_pictures(model: Model) -> None:
    fields = _published()["endpoints"][model.endpoint]["input"]
    sent = {slot.wire for slot in model.slots} | set(model.fixed)
    writing = model.task is Task.PROMPT_WRITING  # a picture alone gets words of Easel's
    words = {"prompt"} if model.words == "needed" or model.guard or writing else set()
    required = {name for name, field in fields.items() if field["required"]}
    assert required <= words | sent and words <= required
    for slot in model.slots:
        assert fields[slot.wire]["type"].startswith("Array") == slot.many


OPENAI = [model for model in ROWS["openai"] if model.task is not Task.PROMPT_WRITING]
OPENAI_LIVE = [model for model in OPENAI if model.status.state == "live"]


@pytest.mark.parametrize(
    ("model", "param"), [(model, param) for model in OPENAI_LIVE for param in model.params],
    ids=_pair_id,
)  # fmt: skip
def test_openai_param_is_in_the_published_schema(model: Model, param: Param) -> None:
    fields = _request(model)["properties"]
    field = fields["size" if param.wire == "pixels" else param.wire]
    if field is fields["size"]:
        return
    assert {param.to_wire(choice) for choice in param.choices} <= set(
        field.get("enum", param.choices)
    )
    assert param.default == field["default"]
    assert (param.minimum, param.maximum) == (field.get("minimum"), field.get("maximum"))


@pytest.mark.parametrize("model", OPENAI, ids=lambda model: model.id)
def test_openai_model_is_in_the_published_schema(model: Model) -> None:
    named = {
        name
        for option in _request(model)["properties"]["model"]["anyOf"]
        for name in option.get("enum", ())
    }
    assert model.endpoint in named
    told = _request(model)["properties"]["prompt"]["description"]
    assert f"{model.limits.prompt} characters" in told


def _json(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _published() -> Any:
    """fal's types, those of the endpoints that take pictures or write among them."""
    names = ("fal-schemas.json", "fal-picture-schemas.json", "fal-words-schemas.json")
    found: dict[str, dict[str, Any]] = {"endpoints": {}, "types": {}}
    for more in map(_json, names):
        for key, told in found.items():
            told |= more[key]
    return found


def _request(model: Model) -> Any:
    """OpenAI's description of the request for this row."""
    if model.slots:
        schemas = _json("openai-edit-openapi.json")["components"]["schemas"]
        return schemas["CreateImageEditRequest"]
    return _json("openai-images-openapi.json")["components"]["schemas"]["CreateImageRequest"]


def _agrees(param: Param, published: str | None) -> None:
    """Our default is the published one, or none where we do not offer that value."""
    offered = {str(param.to_wire(choice)) for choice in param.choices}
    if published is None or (offered and published not in offered):
        assert param.default is None
    elif param.kind in ("integer", "number"):
        assert param.default == float(published)
    else:
        assert param.default is not None
        assert str(param.to_wire(param.default)).lower() == published.lower()


def _ratio(choice: Value) -> Fraction:
    wide, high = str(choice).split(":")
    return Fraction(int(wide), int(high))


def _fits(ratio: Fraction, area: int, pixels: Pixels) -> bool:
    """Whether some size of this shape, near this area, is one the model takes."""
    low, high = pixels.area or (1, pixels.maximum**2)
    wide = math.sqrt(min(max(area, low), high) * ratio)
    scale = min(1.0, pixels.maximum / max(wide, wide / ratio))
    scale = max(scale, pixels.minimum / min(wide, wide / ratio))
    for rounded in (math.floor, math.ceil):
        sides = [
            rounded(side * scale / pixels.multiple) * pixels.multiple
            for side in (wide, wide / ratio)
        ]
        if (
            pixels.minimum <= min(sides)
            and max(sides) <= pixels.maximum
            and low <= sides[0] * sides[1] <= high
            and max(sides) <= (pixels.ratio or math.inf) * min(sides)
        ):
            # A bound of one side may shrink or grow the picture, never beyond all likeness.
            return area / 3 <= sides[0] * sides[1] <= area * 3
    return False


PACKED = ("pixels", "image_size", "size", "")
# A width is nothing without its height; tests/unit/test_sizes.py tries both.
SIDES = ("width", "height")
SENT = [
    (model, param)
    for model, param in PAIRS
    if param.wire not in PACKED and param.name not in SIDES and model.status.state != "retired"
]


@for_each(SENT)
def test_a_setting_reaches_the_providers_body(model: Model, param: Param) -> None:
    """Under the provider's name and in its word, for every row there is or will be."""
    value = _unusual(param)
    request = check(model, asked_of(model, **{param.name: value})).request
    addresses = [f"picture {number}" for number in range(1, model.most_pictures + 1)]
    body = provider_of(model).payload(request, addresses[: len(request.pictures)])
    flat = {
        **body,
        **{k: v for each in body.values() if isinstance(each, dict) for k, v in each.items()},
    }
    assert flat[param.wire] == param.to_wire(value)


def _unusual(param: Param) -> Value:
    """A legal value that is not the default, where there is one."""
    if param.kind == "choice":
        return next((each for each in param.choices if each != param.default), param.choices[0])
    if param.kind == "boolean":
        return not param.default
    if param.kind == "text":
        return "rain"
    value = param.maximum if param.maximum != param.default else param.minimum
    assert value is not None
    return int(value) if param.kind == "integer" else value
