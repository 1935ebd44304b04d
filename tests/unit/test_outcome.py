"""A result that is smaller, or of another shape, than was asked for is told about."""

from __future__ import annotations

from typing import Any

import pytest

from providers.catalogue import MODELS
from providers.inputs import InputPicture
from studio.results.expected_size import Size, expected_size, shortfalls


def given(*sizes: Size) -> list[InputPicture]:
    return [InputPicture("picture", b"x", "image/png", *size) for size in sizes]


def words(model: str, settings: dict[str, Any], sizes: list[Size], made: Size) -> str:
    return " ".join(shortfalls(MODELS[model], settings, given(*sizes), [made]))


@pytest.mark.parametrize(
    ("model", "settings", "size"),
    [
        ("fal/esrgan", {"scale": 4}, (400, 200)),
        ("fal/esrgan", {}, (200, 100)),
        ("replicate/topaz", {}, (200, 100)),
        ("fal/recraft-crisp", {}, None),
        ("fal/seedream-4-edit", {"width": 640, "height": 360}, (640, 360)),
        ("fal/seedream-4-edit", {}, None),
    ],
)
def test_the_size_is_known_before(model: str, settings: dict[str, Any], size: Size | None) -> None:
    assert expected_size(MODELS[model], settings, [(100, 50)]) == size


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert expected_size(MODELS["fal/esrgan"], {"scale": 2}, []) is None
    assert words("fal/seedream-4-edit", {}, [(100, 50)], (7, 9)) == ""
    assert words("fal/flux-dev", {"seed": 1}, [], (7, 9)) == ""


def test_what_was_asked_and_came_is_not_warned_of() -> None:
    assert words("fal/esrgan", {"scale": 2}, [(100, 50)], (200, 100)) == ""
    assert words("fal/esrgan", {"scale": 2}, [(100, 50)], (400, 200)) == "", "larger is no loss"
    assert words("fal/flux-dev", {"width": 1200, "height": 630}, [], (1184, 624)) == ""
    assert words("fal/nano-banana", {"aspect_ratio": "21:9"}, [], (1584, 672)) == ""
    assert words("fal/recraft-crisp", {}, [(100, 50)], (331, 166)) == ""
    assert words("fal/esrgan", {"scale": 2}, [(1, 9)], (3, 18)) == "", "a pixel is no shape"


def test_a_smaller_result_is_told() -> None:
    told = words("fal/esrgan", {"scale": 4}, [(100, 50)], (200, 100))
    assert "200×100 instead of 400×200" in told and "shape" not in told
    told = words("fal/recraft-crisp", {}, [(100, 50)], (90, 45))
    assert "90×45 instead of 100×50" in told


def test_another_shape_is_told() -> None:
    told = words("fal/esrgan", {"scale": 2}, [(100, 50)], (200, 200))
    assert "shape" in told and "200×200 instead of 200×100" in told
    told = words("fal/nano-banana", {"aspect_ratio": "16:9"}, [], (1024, 1024))
    assert "1024×1024 instead of 16:9" in told
    told = words("fal/retoucher", {}, [(1000, 500)], (1024, 1024))
    assert "shape" in told and "smaller" not in told
    told = words("fal/seedream-4-swap", {}, [(10, 10), (1000, 500)], (1000, 1000))
    assert "instead of 1000×500" in told


def test_each_sentence_stands_once() -> None:
    model, pictures = MODELS["fal/esrgan"], given((100, 50))
    assert len(shortfalls(model, {"scale": 2}, pictures, [(50, 25), (50, 25)])) == 1
