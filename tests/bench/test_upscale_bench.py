"""The upscaling bench: whether it can complain. Its photographs are not needed for that."""

from __future__ import annotations

import sys

import pytest
from PIL import Image

from bench import upscale


@pytest.mark.parametrize(("gain", "code"), [(2.4, 1), (2.5, 0), (3.2, 0)])
def test_too_small_a_gain_fails(gain: float, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bench.upscale"])
    monkeypatch.setattr(upscale, "costs", lambda: None)
    monkeypatch.setattr(upscale, "photographs", lambda full: [])
    monkeypatch.setattr(upscale, "compare", lambda pictures: gain)
    assert upscale.main() == code


def test_inputs_are_what_they_say() -> None:
    truth = upscale._middle(Image.effect_noise((303, 279), 60).convert("RGB"), None)
    assert truth.size == (300, 276)
    assert upscale._middle(truth, 256).size == (256, 256)
    assert upscale.make_small(truth, 4, None).size == (75, 69)
    compressed = upscale.make_small(truth, 2, 90)
    assert (compressed.size, upscale.jpeg_quality(compressed)) == ((150, 138), 90)


@pytest.mark.parametrize("way", upscale.WAYS)
def test_every_way_gives_the_size_asked(way: str) -> None:
    small = Image.effect_noise((20, 12), 60).convert("RGB")
    assert upscale.WAYS[way](small, 4)[0].size == (80, 48)
