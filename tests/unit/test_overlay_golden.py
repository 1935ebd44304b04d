"""Captions as they were approved by eye, with a tolerance for other builds of FreeType.

After a wanted change: python -m tests.unit.test_overlay_golden, and look at the pictures.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engines.overlay import PRESETS, Outline, Plate, Shadow, Style, caption

FOLDER = Path(__file__).parent / "data" / "overlay"
CASES = {
    "meme": ("Коли деплой у п’ятницю 🚀🔥", PRESETS["meme"]),
    "subtitle": ("— Hello! 👋🏽 Привіт!\nשלום (עולם) 123 abc", PRESETS["subtitle"]),
    "sticker": ("Вау! 👨‍👩‍👧 ❤️‍🔥", replace(PRESETS["sticker"], size="huge")),
    "quote": ("«Щастя їжакам, ґава»", PRESETS["quote"]),
    "scripts": (
        "السلام عليكم ١٢٣\nक्षत्रिय हिन्दी\nภาษาไทย 🇺🇦🏴󠁧󠁢󠁳󠁣󠁴󠁿1️⃣",
        Style(size="11%", position="center", plate=Plate(blur=60), shadow=Shadow()),
    ),
    "turned": ("Easel № 5", Style(size="huge", position="center", rotation=24,
                                  font="mono", outline=Outline(colour="#ffd60a"))),
    "neon": ("Неон 24/7 🌙", replace(PRESETS["neon"], size="huge")),
    "looks": (
        "Slanted Курсив\nсалам سلام 🚀",
        Style(position="center", fit="width", italic=True, letter_spacing=12,
              line_colours=("#ffffff", "#ffd60a"), outline=Outline(colour="black")),
    ),
}  # fmt: skip


def ground() -> Image.Image:
    """A gradient with an edge in it, so that blur shows."""
    across, down = np.meshgrid(np.linspace(0, 1, 320), np.linspace(0, 1, 200))
    parts = [60 + 120 * across, 90 + 60 * down, 170 - 90 * across * down]
    pixels = np.stack(parts, axis=-1) + np.where((across * 16).astype(int) % 2, 0, 26)[..., None]
    return Image.fromarray(pixels.round().astype(np.uint8))


def drawn(name: str) -> Image.Image:
    text, style = CASES[name]
    return caption(ground(), text, style).image


@pytest.mark.parametrize("name", CASES)
def test_it_looks_as_it_did(name: str) -> None:
    with Image.open(FOLDER / f"{name}.png") as file:
        wanted = np.asarray(file.convert("RGB"), dtype=int)
    gap = np.abs(np.asarray(drawn(name), dtype=int) - wanted)
    assert gap.mean() < 1.0
    assert (gap.max(axis=-1) > 64).mean() < 0.005


def test_the_tolerance_sees_a_missing_letter() -> None:
    text, style = CASES["quote"]
    other = np.asarray(caption(ground(), text.replace("ґ", "г"), style).image, dtype=int)
    gap = np.abs(other - np.asarray(drawn("quote"), dtype=int))
    assert gap.mean() > 0.1


if __name__ == "__main__":
    for case in CASES:
        drawn(case).save(FOLDER / f"{case}.png", optimize=True)
