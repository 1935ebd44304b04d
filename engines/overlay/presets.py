"""Styles to begin with, by the name the field gives them."""

from __future__ import annotations

from typing import Final

from engines.overlay.style import Glow, Outline, Plate, Shadow, Style

PRESETS: Final[dict[str, Style]] = {
    "meme": Style(
        size="large", colour="white", position="top", font="display", weight=700, upper=True,
        outline=Outline(width=9, colour="black"), line_spacing=1.15, max_width=94,
    ),
    "subtitle": Style(
        size="medium", colour="white", position="bottom", weight=600, max_width=80,
        plate=Plate(colour="black", opacity=0.62, padding=35, radius=25), line_spacing=1.3,
    ),
    "headline": Style(
        size="huge", position="top left", font="display", weight=700, max_width=80,
        shadow=Shadow("auto", opacity=0.55, blur=14, y=4), line_spacing=1.15,
    ),
    "lower third": Style(
        size="medium", colour="white", position="bottom left", dy="-4%", weight=650,
        plate=Plate(colour="#101828", opacity=0.82, padding=55, radius=12, blur=30),
        max_width=60, line_spacing=1.3,
    ),
    "sticker": Style(
        size="large", colour="#ff3d81", position="top right", font="hand", weight=700,
        outline=Outline(width=16, colour="white"), shadow=Shadow(opacity=0.45, blur=9, y=6),
        rotation=-8, max_width=60, line_spacing=1.1,
    ),
    "watermark": Style(
        size="small", position="bottom right", weight=500, opacity=0.6, max_width=50,
        shadow=Shadow("auto", opacity=0.5, blur=12, y=0),
    ),
    "quote": Style(
        size="large", position="center", font="serif", weight=500, max_width=76,
        plate=Plate(opacity=0.55, padding=110, radius=40, blur=60), line_spacing=1.35,
    ),
    "price tag": Style(
        size="large", colour="black", position="bottom right", font="display", weight=700,
        plate=Plate(colour="#ffd60a", opacity=1, padding=38, radius=22), max_width=50,
        line_spacing=1.15,
    ),
    "neon": Style(
        size="large", colour="#ff8ae6", position="center", font="hand", weight=700,
        glow=Glow(radius=60, strength=1), max_width=80, line_spacing=1.1,
    ),
}  # fmt: skip
