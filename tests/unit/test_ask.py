"""What a user may ask: every kind of value, good and bad, and what a model makes of it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from errors import InvalidInput
from providers.catalogue import MODELS
from providers.params import PARAMS, SEED_MAXIMUM, seed, width
from providers.schema import Limits, Model, Task
from studio.request import CheckedRequest, check, read_request
from studio.values import read_price

SKETCH = MODELS["local/sketch"]
BANANA = MODELS["fal/nano-banana-2"]
BLANKS = (None, "", "  ", "\n\t")


def ask(model: Model = SKETCH, prompt: str = "a fox", **settings: Any) -> CheckedRequest:
    return check(model, read_request(prompt, settings), random.Random(7))


def refusal(model: Model = SKETCH, prompt: object = "a fox", **settings: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        check(model, read_request(prompt, settings))
    assert caught.value.created is False
    return caught.value


@pytest.mark.parametrize("prompt", [*BLANKS, 0x0 or ""])
def test_blank_prompt_is_refused(prompt: object) -> None:
    assert refusal(prompt=prompt).field == "prompt"


@pytest.mark.parametrize("prompt", ["null", "0", 0, "лисиця", "🦊"])
def test_any_words_are_a_prompt(prompt: object) -> None:
    assert read_request(prompt, {}).prompt == str(prompt)


def test_prompt_is_stripped_and_bounded() -> None:
    assert read_request("  a fox \n", {}).prompt == "a fox"
    error = refusal(prompt="x" * (SKETCH.limits.prompt + 1))
    assert error.field == "prompt"
    assert f"{SKETCH.limits.prompt:,}" in error.message


@pytest.mark.parametrize("name", ["prompt", "negative_prompt", "output_format"])
def test_half_a_pair_is_refused_before_it_breaks_the_wire(name: str) -> None:
    settings = {} if name == "prompt" else {name: "\ud83e"}
    prompt = "\ud83e" if name == "prompt" else "a fox"
    assert refusal(prompt=prompt, **settings).field == name


@pytest.mark.parametrize("blank", BLANKS)
def test_blank_means_the_default(blank: object) -> None:
    names = (*NUMBERS, "aspect_ratio", "resolution", "negative_prompt", "quality", "output_format")
    asked = read_request("a fox", dict.fromkeys(names, blank))
    assert asked.settings == {}
    assert ask(BANANA, seed=1).request.settings == {"seed": 1}


@pytest.mark.parametrize(
    ("value", "read"),
    [(3, 3), (3.0, 3), ("3", 3), (" 3 ", 3), ("3.0", 3), ("3e0", 3), (2**53 + 1, 2**53 + 1)],
)
def test_whole_numbers_in_every_dress(value: object, read: int) -> None:
    found = read_request("a fox", {"seed": value}).settings["seed"]
    assert found == read
    assert isinstance(found, int)


@pytest.mark.parametrize("value", [3.5, "3,5", "3.5", " 3.5"])
def test_guidance_takes_fractions_with_a_comma_too(value: object) -> None:
    assert read_request("a fox", {"guidance_scale": value}).settings == {"guidance_scale": 3.5}


NUMBERS = [name for name, each in PARAMS.items() if each.kind in ("integer", "number")]
BAD_NUMBERS = ["many", True, False, "nan", "inf", "-Infinity", float("nan"), float("inf"),
               [1], {"a": 1}, "1 2", "0x10", "9" * 400]  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", BAD_NUMBERS, ids=lambda value: str(value)[:12])
def test_what_is_no_number(name: str, value: object) -> None:
    error = refusal(**{name: value})
    assert error.field == name
    assert name in error.message
    assert len(error.message) < 120


@pytest.mark.parametrize("value", ["1,024", "1,000", 1.5, "0.5"])
def test_what_is_no_whole_number(value: object) -> None:
    """ "1,024" is a thousand to some and one to others, so it is neither."""
    assert refusal(width=value, height=512).field == "width"


@pytest.mark.parametrize(
    ("said", "meant"),
    [("portrait", "3:4"), ("Square", "1:1"), (" LANDSCAPE ", "4:3"), ("16:9", "16:9")],
)
def test_plain_names_of_shapes(said: str, meant: str) -> None:
    assert read_request("a fox", {"aspect_ratio": said}).settings == {"aspect_ratio": meant}


@pytest.mark.parametrize(
    ("name", "said", "meant"),
    [
        ("output_format", "jpg", "jpeg"),
        ("output_format", "JPG", "jpeg"),
        ("output_format", "PNG", "png"),
        ("resolution", "2k", "2K"),
        ("quality", "High", "high"),
    ],
)
def test_spelling_is_forgiven(name: str, said: str, meant: str) -> None:
    assert read_request("a fox", {name: said}).settings == {name: meant}


def test_one_picture_needs_no_param() -> None:
    model = MODELS["huggingface/flux-dev"]
    assert model.param("num_images") is None
    assert "num_images" not in ask(model, num_images=1).request.settings
    assert refusal(model, num_images=2).field == "num_images"


SPELLED_ALIKE: list[tuple[str, list[object], dict[str, Any]]] = [
    ("output_format", ["jpg", "jpeg", "JPEG", ".jpg", "image/jpeg", " Jpe "],
     {"output_format": "jpeg"}),
    ("output_format", ["png", ".PNG", "image/png"], {"output_format": "png"}),
    ("quality", ["high", "HIGH", " High "], {"quality": "high"}),
    ("aspect_ratio", ["16:9", "16x9", "16/9", "16 × 9", "16 : 9"], {"aspect_ratio": "16:9"}),
    ("aspect_ratio", ["1024×768", "1024 x 768"], {"width": 1024, "height": 768}),
    ("resolution", ["2K", "2k", " 2K"], {"resolution": "2K"}),
    ("resolution", ["1024×768", "1024x768", "1024*768px"], {"width": 1024, "height": 768}),
    ("width", ["640", 640.0, "640px", "640.0"], {"width": 640}),
    ("scale", [2, "2x", "×2", "2.0"], {"scale": 2}),
    ("seed", [7, 7.0, "7", "7.0", "۷"], {"seed": 7}),
    *((name, [None, "", " ", "None", "null", "undefined"], {})
      for name in (*NUMBERS, "aspect_ratio", "resolution", "quality", "output_format", "mode",
                   "negative_prompt", "face_enhancement")),
    ("seed", [-1, "-1", "−1", -1.0, "-1.0"], {}),
]  # fmt: skip


def test_what_is_spelled_in_several_ways_means_the_same() -> None:
    for name, values, meant in SPELLED_ALIKE:
        for value in values:
            assert read_request("a fox", {name: value}).settings == meant, (name, value)


def test_bounds_are_told_in_plain_digits() -> None:
    for far in (2**31, -2, 10**20, "4294967296"):
        told = refusal(seed=far).message
        assert "must be 0 to 2147483647, or -1 for a random one, not" in told
    for model in MODELS.values():
        for param in model.params:
            assert "e+" not in param.allowed(), (model.id, param.name)
    for odd in (10**5000, "9" * 5000, True, "seven", [7]):
        assert refusal(seed=odd).field == "seed"
        with pytest.raises(InvalidInput, match="max_price"):
            read_price(odd if odd is not True and not isinstance(odd, str) else "seven")


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"num_images": 5}, "num_images"),
        ({"num_images": 0}, "num_images"),
        ({"seed": -2}, "seed"),
        ({"seed": 2**31}, "seed"),
        ({"aspect_ratio": "7:5"}, "aspect_ratio"),
        ({"resolution": "8K"}, "resolution"),
        ({"output_format": "bmp"}, "output_format"),
        ({"quality": "high"}, "quality"),
        ({"num_inference_steps": 4}, "num_inference_steps"),
        ({"width": 63, "height": 512}, "width"),
        ({"width": 512, "height": 2049}, "height"),
        ({"width": 512, "aspect_ratio": "9:21", "height": None}, None),
        ({"width": 2048, "aspect_ratio": "9:21"}, "height"),
        ({"width": 512, "aspect_ratio": "wide"}, "aspect_ratio"),
        ({"width": 512, "height": 512, "resolution": "1K"}, "resolution"),
    ],
)
def test_what_the_sketch_does_not_take(settings: dict[str, Any], field: str | None) -> None:
    if field is None:
        ask(**settings)
        return
    error = refusal(**settings)
    assert error.field == field
    assert error.what_now


def test_a_refusal_names_what_is_allowed() -> None:
    assert "1 to 4" in refusal(num_images=9).message
    assert "png, jpeg, webp" in refusal(output_format="bmp").message
    assert "aspect_ratio" in refusal(quality="high").message
    assert "portrait" in refusal(width=512, aspect_ratio="wide").message


def test_a_size_becomes_pixels() -> None:
    assert pixels(ask(aspect_ratio="1:1")) == (1024, 1024)
    assert pixels(ask(aspect_ratio="1:1", resolution="2K")) == (2048, 2048)
    wide = pixels(ask(aspect_ratio="16:9"))
    assert abs(wide[0] / wide[1] - 16 / 9) < 0.01
    assert {"aspect_ratio", "resolution"}.isdisjoint(ask(resolution="1K").request.settings)


def test_one_side_brings_the_other() -> None:
    assert pixels(ask(width=800)) == (800, 800)
    assert pixels(ask(width=800, aspect_ratio="landscape")) == (800, 600)
    assert pixels(ask(height=800, aspect_ratio="4:3")) == (1067, 800)


def test_an_exact_size_replaces_the_shape() -> None:
    assert pixels(ask(width=1200, height=630, aspect_ratio="1:1")) == (1200, 630)


def test_1200x630_is_rounded_and_said() -> None:
    found = ask(MODELS["fal/gpt-image-2"], width=1200, height=630)
    assert pixels(found) == (1200, 624)
    assert found.warnings == (
        "1200x630 was rounded to 1200x624: GPT Image 2 takes multiples of 16.",
    )
    assert ask(width=1200, height=630).warnings == ()


def test_a_size_that_only_rounding_spoils_is_refused() -> None:
    """1509x503 is 3:1, and its nearest, 1504x496, is beyond."""
    assert "3 times" in refusal(MODELS["fal/gpt-image-2"], width=1509, height=503).message


def test_a_model_without_pixels_refuses_sides() -> None:
    assert refusal(BANANA, width=512, height=512).field == "width"
    assert refusal(BANANA, height=512).field in ("width", "height")


def test_blank_seed_is_drawn_and_one_asked_is_kept() -> None:
    drawn = {ask(seed=None).request.settings["seed"] for _ in range(3)}
    assert drawn == {random.Random(7).randint(0, SEED_MAXIMUM)}
    assert ask(seed=0).request.settings["seed"] == 0
    several = {check(SKETCH, read_request("a fox", {})).request.settings["seed"] for _ in range(20)}
    assert len(several) > 1
    assert all(0 <= int(each) <= SEED_MAXIMUM for each in several)


def test_no_seed_where_the_model_has_none() -> None:
    assert "seed" not in ask(MODELS["fal/gpt-image-2"]).request.settings


def test_a_seed_is_drawn_within_the_models_own_bounds() -> None:
    small = Model("local/small", "Small", "small", Task.TEXT_TO_IMAGE, (seed(99),))
    for _ in range(30):
        assert 0 <= int(check(small, read_request("a fox", {})).request.settings["seed"]) <= 99


def test_unverified_param_goes_only_when_it_says_something() -> None:
    model = MODELS["replicate/flux-schnell"]
    steps = model.param("num_inference_steps")
    assert steps and steps.unverified and steps.default is not None
    plain = ask(model, num_inference_steps=steps.default).request.settings
    assert "num_inference_steps" not in plain
    other = int(steps.default) - 1
    assert ask(model, num_inference_steps=other).request.settings["num_inference_steps"] == other


def test_a_side_without_pixel_limits_is_checked_by_its_param() -> None:
    row = Model("local/x", "X", "x", Task.TEXT_TO_IMAGE, (width(64, 128),), limits=Limits(prompt=5))
    assert refusal(row, prompt="fox", width=64).field == "height"
    assert refusal(row, prompt="a long fox").field == "prompt"


def test_reading_is_pure() -> None:
    settings = {"width": "512", "height": 512}
    read_request("a fox", settings)
    assert settings == {"width": "512", "height": 512}


def pixels(found: CheckedRequest) -> tuple[int, int]:
    settings = found.request.settings
    return int(settings["width"]), int(settings["height"])
