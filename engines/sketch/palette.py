"""The colours of an hour of the day, and how words, seasons and moods change them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Final

from engines.sketch.canvas import Colour, hex_colour, mix, scale
from engines.sketch.dice import Dice
from engines.sketch.prompt.cue import COLOURS, Cue
from engines.sketch.prompt.cues import Cues


@dataclass(frozen=True)
class Palette:
    """Colours of the air and the light of one hour. `light` multiplies the colour of things;
    `haze` is what far things fade into, `shadow` what near things against the light become."""

    zenith: Colour
    upper: Colour
    lower: Colour
    horizon: Colour
    sun: Colour
    cloud_lit: Colour
    cloud_shade: Colour
    haze: Colour
    shadow: Colour
    light: Colour


def _air(codes: str, light: Colour) -> Palette:
    zenith, upper, lower, horizon, sun, lit, shade, haze, shadow = map(hex_colour, codes.split())
    return Palette(zenith, upper, lower, horizon, sun, lit, shade, haze, shadow, light)


# Columns: zenith upper lower horizon, sun, cloud lit and shade, haze, shadow.
HOURS: Final[dict[Cue, tuple[Palette, ...]]] = {
    Cue.SUNRISE: (
        _air("4f78b0 9fb0d8 f2c3c0 ffe8bd fff6d8 fff0e0 a39cc4 f0cfc2 2f3d60", (0.92, 0.80, 0.76)),
        _air("35588c 8c8fbe f0a7a2 ffdfa6 fff3cc ffdfc8 8b80b4 eebbab 28335a", (0.88, 0.72, 0.70)),
        _air("5a9aa8 a6ccc4 f6d7b4 fff0c9 fffbe6 fff4e0 9db4b8 efdcc0 28485a", (0.94, 0.86, 0.76)),
    ),
    Cue.DAY: (
        _air("1c66b4 4a96d8 9bcbee dff0f8 fffbe8 ffffff a9bfd6 c6deee 28465f", (1.0, 1.0, 0.97)),
        _air("2380ae 62b0d0 acdce4 f4f4e2 fffae0 ffffff a8c4cc d3e6e4 25505c", (1.0, 0.99, 0.93)),
        _air("2f5fae 7b9fdc c1d3f0 f7ebe4 fffaea fffdf8 b0b6d4 d6dcec 303e66", (0.98, 0.97, 0.99)),
    ),
    Cue.SUNSET: (
        _air("2a1a4e 7c2b62 e2563f ffc56c fff1bd ffb478 66285c f4995c 1c1030", (0.86, 0.52, 0.40)),
        _air("343c7c a05a90 f28c6c ffdba4 fff4cf ffcdac 764c88 f2aa86 221a40", (0.86, 0.60, 0.55)),
        _air("123049 42627c dd8f5c ffd680 fff2c6 ffcc92 38485f e3a573 101d2d", (0.84, 0.62, 0.45)),
        _air("451a45 a72e4c f26a3c ffb74a ffeaa8 ffa05c 7a2148 f28a48 260c26", (0.88, 0.48, 0.34)),
    ),
    Cue.DUSK: (
        _air("15173c 3b306e 8d528e eb9a92 ffe3c8 de93a6 302a5a a66e98 100e27", (0.46, 0.38, 0.54)),
        _air("0e2140 1f4a6c 55889a e6c8a6 ffeccb c9b8a8 22425e 7d9ba4 0a1828", (0.40, 0.44, 0.52)),
        _air("231d4f 53478f a884b8 f4c4b4 fff0da f0c0c0 453a78 b997bb 1a1538", (0.50, 0.44, 0.60)),
    ),
    Cue.NIGHT: (
        _air("050817 0c1636 1d2c5c 3c4e86 eef2ff 5666a0 0d1434 2d3a6c 04060f", (0.17, 0.21, 0.36)),
        _air("041019 09233a 124460 2c6c7c eefbff 3f7488 08202f 1d5064 030b12", (0.14, 0.24, 0.32)),
        _air("0b0619 1b1143 37226e 60449a f6efff 6a52a4 170f38 432f7a 07040f", (0.21, 0.18, 0.38)),
    ),
}  # fmt: skip

TINTS: Final[dict[Cue, Colour]] = {
    Cue.RED: hex_colour("d8322c"), Cue.ORANGE: hex_colour("f0852d"), Cue.GOLD: hex_colour("eebb3c"),
    Cue.GREEN: hex_colour("4fa858"), Cue.TEAL: hex_colour("2fb0a8"), Cue.BLUE: hex_colour("3f78d8"),
    Cue.PURPLE: hex_colour("8a50c8"), Cue.PINK: hex_colour("ec82ac"),
    Cue.GREY: hex_colour("8c8c8c"),
}  # fmt: skip

# How far things near the eye are mere dark shapes against the sky, 0..1.
BACKLIGHT: Final[dict[Cue, float]] = {
    Cue.SUNRISE: 0.30, Cue.DAY: 0.0, Cue.SUNSET: 0.55, Cue.DUSK: 0.45, Cue.NIGHT: 0.40,
}  # fmt: skip


def choose_palette(cues: Cues, hour: Cue, dice: Dice) -> Palette:
    """Colours for an hour, changed by the colour words, the weather and the mood."""
    palette = dice.pick("palette", HOURS[hour])
    palette = _under_weather(palette, cues, hour)
    for colour in [cue for cue in cues.named if cue in COLOURS][:2]:
        palette = _tinted(palette, TINTS[colour], 0.95 if colour is Cue.GREY else 0.38)
    for mood in [cue for cue in MOODS if cue in cues]:
        palette = _each(palette, partial(scale, by=MOODS[mood]))
    if Cue.BRIGHT in cues and hour is not Cue.NIGHT:
        palette = _each(palette, lambda colour: mix(colour, (1.0, 0.99, 0.96), 0.12))
    return palette


MOODS: Final[dict[Cue, Colour]] = {
    Cue.WARM: (1.07, 0.99, 0.86),
    Cue.COLD: (0.86, 0.97, 1.08),
    Cue.WINTER: (0.93, 0.98, 1.04),
    Cue.DARK: (0.60, 0.60, 0.66),
}


def _under_weather(palette: Palette, cues: Cues, hour: Cue) -> Palette:
    """A covered sky is grey and even, and its light is flat."""
    if Cue.STORM in cues:
        dim = _faded(palette, 0.60, 0.66)
        # A bright gap under the clouds is what makes a storm look like one.
        return replace(
            dim,
            horizon=mix(dim.horizon, palette.horizon, 0.7),
            light=mix(dim.light, palette.light, 0.5),
        )
    if Cue.RAIN in cues:
        # Rain at night keeps the colours of the lamps, and the night is dark enough.
        night = hour in (Cue.NIGHT, Cue.DUSK)
        return _even_clouds(_faded(palette, *((0.25, 1.1) if night else (0.58, 0.80))))
    if Cue.SNOW in cues or Cue.FOG in cues:
        return _even_clouds(_faded(palette, 0.38, 1.0))
    return palette


def _even_clouds(palette: Palette) -> Palette:
    middle = mix(palette.cloud_lit, palette.cloud_shade, 0.5)
    return replace(
        palette,
        cloud_lit=mix(palette.cloud_lit, middle, 0.5),
        cloud_shade=mix(palette.cloud_shade, middle, 0.5),
    )


def _faded(palette: Palette, grey: float, brightness: float) -> Palette:
    cool = (0.94, 1.0, 1.08)
    return _each(palette, lambda c: scale(mix(c, scale(cool, luminance(c)), grey), brightness))


def _tinted(palette: Palette, tint: Colour, share: float) -> Palette:
    """Every colour nearer to the hue of the tint and as bright as it was."""

    def shift(colour: Colour) -> Colour:
        aim = scale(tint, luminance(colour) / max(0.05, luminance(tint)))
        # A bright tint would clip to white-yellow-cyan; what clips is given back as white.
        lost = luminance(colour) - luminance(aim)
        return mix(colour, mix(aim, (1.0, 1.0, 1.0), max(0.0, lost)), share)

    return replace(_each(palette, shift), sun=mix(palette.sun, shift(palette.sun), 0.4))


def _each(palette: Palette, change: Callable[[Colour], Colour]) -> Palette:
    return Palette(*(change(getattr(palette, field.name)) for field in fields(palette)))


def luminance(colour: Colour) -> float:
    """How bright a colour looks, 0..1 (Rec. 709 weights on display values)."""
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
