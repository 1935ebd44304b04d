"""What the picture will show and where, decided before a pixel is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engines.sketch.canvas import Colour, Frame, hex_colour, mix, scale
from engines.sketch.dice import Dice
from engines.sketch.palette import BACKLIGHT, Palette, choose_palette
from engines.sketch.prompt.cue import SEASONS, TIMES, WATERS, WEATHERS, Cue
from engines.sketch.prompt.cues import Cues

MATERIALS: Final[dict[str, Colour]] = {
    name: hex_colour(code)
    for name, code in {
        "rock": "6f7884", "snow": "eef4fa", "sand": "e2bd84", "beach": "e6cfa2", "grass": "7fa653",
        "forest": "35603f", "tower": "64707f", "straw": "d8b45c", "earth": "8a6a4c",
        "asphalt": "5b5c63",
        "wall": "f0ece2", "roof": "a8503c", "spring": "86bd5c", "autumn": "c08a3c",
        "foliage": "c4622c",
    }.items()
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """One picture: the hour, the weather, the lands from far to near, and where the light is.

    Positions are fractions of the width and height; `light_x` 0.2..0.8, `horizon` 0.5..0.75.
    """

    frame: Frame
    dice: Dice
    cues: Cues
    hour: Cue
    palette: Palette
    lands: tuple[Cue, ...]
    water: Cue | None
    season: Cue | None
    horizon: float
    light_x: float
    light_y: float
    moon: bool
    sun: bool
    clouds: float

    def lit(self, material: str, distance: float) -> Colour:
        """The colour of a material in this light at a distance, 0 at hand to 1 at the horizon."""
        palette = self.palette
        # White things keep a little of their own light, or snow at night would be coal.
        light = (
            mix(palette.light, (0.90, 0.95, 1.0), 0.42)
            if material in ("snow", "wall")
            else palette.light
        )
        dark = BACKLIGHT[self.hour] * (1 - 0.55 * distance) * (0.35 if material == "snow" else 1.0)
        return mix(
            mix(scale(MATERIALS[material], light), palette.shadow, dark), palette.haze, distance
        )

    @property
    def grass(self) -> str:
        """The material that covers open land in this season."""
        if self.snowy:
            return "snow"
        return {Cue.SPRING: "spring", Cue.AUTUMN: "autumn"}.get(self.season or Cue.SUMMER, "grass")

    @property
    def snowy(self) -> bool:
        """Whether snow lies on the ground."""
        return Cue.SNOW in self.cues or self.season is Cue.WINTER

    @property
    def away(self) -> float:
        """The x (fraction of width) where a thing stands opposite the light."""
        return 0.74 if self.light_x < 0.5 else 0.26

    @property
    def dark(self) -> bool:
        """Whether lamps are lit."""
        return self.hour in (Cue.NIGHT, Cue.DUSK) or Cue.STORM in self.cues

    def row(self, y: float) -> int:
        """Pixel row of a height, kept inside the picture."""
        return min(self.frame.height - 1, max(0, round(self.frame.py(y))))


def make_plan(frame: Frame, cues: Cues, dice: Dice) -> Plan:
    """Fill in by chance, repeatably, all that the words leave open."""
    hour = _hour(cues, dice)
    water, lands = _ground(cues, dice)
    celestial_moon = Cue.MOON in cues or (
        hour is Cue.NIGHT
        and _may(Cue.MOON, cues)
        and not _covered(cues)
        and dice.chance("moon", 0.25 if Cue.STARS in cues or Cue.AURORA in cues else 0.6)
    )
    sunless = hour in (Cue.NIGHT, Cue.DUSK) or celestial_moon or _covered(cues)
    low = hour in (Cue.SUNSET, Cue.SUNRISE)
    horizon = dice.between("horizon", 0.56, 0.66) + (
        0.06 if water is None and lands[:1] == (Cue.CITY,) else 0
    )
    up = (
        dice.between("light height", 0.07, 0.19)
        if low
        else dice.between("light height", 0.26, 0.42)
    )
    return Plan(
        frame, dice, cues, hour, choose_palette(cues, hour, dice), lands, water,
        cues.first(SEASONS), horizon,
        light_x=_light_x(dice), light_y=horizon - up,
        moon=celestial_moon,
        sun=Cue.SUN in cues or (not sunless and Cue.SUN not in cues.avoided),
        clouds=_clouds(cues, dice),
    )  # fmt: skip


def _light_x(dice: Dice) -> float:
    """Near a third of the width, seldom at its middle."""
    side = dice.pick("light side", (0.31, 0.5, 0.69))
    return side + dice.between("light offset", -0.06, 0.06)


def _hour(cues: Cues, dice: Dice) -> Cue:
    named = cues.first(TIMES)
    if named:
        return named
    if any(cue in cues for cue in (Cue.MOON, Cue.STARS, Cue.AURORA)):
        return Cue.NIGHT
    if any(
        cue in cues for cue in (Cue.SUN, Cue.CLEAR, Cue.BEACH, Cue.SPRING, Cue.FLOWERS, Cue.SUMMER)
    ):
        return Cue.DAY
    if Cue.DARK in cues:
        return dice.pick("hour", (Cue.DUSK, Cue.NIGHT))
    open_hours = [h for h in (*TIMES, Cue.DAY, Cue.SUNSET, Cue.SUNRISE) if h not in cues.avoided]
    if _covered(cues) or Cue.BRIGHT in cues:
        open_hours = [h for h in open_hours if h not in (Cue.NIGHT, Cue.DUSK)] or open_hours
    return dice.pick("hour", open_hours or [Cue.DAY])


def _ground(cues: Cues, dice: Dice) -> tuple[Cue | None, tuple[Cue, ...]]:
    """The water, if any, and the lands from far to near; no land at all is an abstract one."""
    water = cues.first(WATERS)
    if Cue.BEACH in cues:
        water = Cue.BEACH
    lands = tuple(land for land in DEPTH if land in cues)
    if Cue.SAILBOAT in cues or Cue.LIGHTHOUSE in cues:
        water = water or (Cue.SEA if Cue.SEA not in cues.avoided else None)
    if not lands and not water and any(cue in cues for cue in ON_LAND):
        lands = (Cue.FIELD,) if _may(Cue.FIELD, cues) else (Cue.HILLS,)
    if water is Cue.LAKE and not lands and _may(Cue.MOUNTAINS, cues):
        lands = (dice.pick("lake shore", (Cue.MOUNTAINS, Cue.HILLS)),)
    if water is Cue.RIVER and Cue.CITY in lands:
        # The river runs across the picture, and the town stands on its far bank.
        water = Cue.LAKE
    if water is Cue.RIVER and not any(land in lands for land in (Cue.FIELD, Cue.CITY)):
        lands = (*(lands or (Cue.HILLS,)), Cue.FIELD)
    if not water and not lands and any(cue in cues for cue in NEEDS_GROUND):
        choices = [
            c for c in (Cue.MOUNTAINS, Cue.HILLS, Cue.FOREST, Cue.SEA) if c not in cues.avoided
        ]
        chosen = dice.pick("ground", choices or [Cue.HILLS])
        return (chosen, ()) if chosen is Cue.SEA else (None, (chosen,))
    return water, lands


# Far to near: what stands behind what.
DEPTH: Final = (Cue.MOUNTAINS, Cue.HILLS, Cue.CITY, Cue.DESERT, Cue.FIELD, Cue.FOREST)
ON_LAND: Final = (Cue.TREE, Cue.HOUSE, Cue.ROAD, Cue.FLOWERS)
NEEDS_GROUND: Final = (*TIMES, *WEATHERS, *SEASONS, Cue.SUN, Cue.MOON, Cue.STARS, Cue.BIRDS)


def _may(cue: Cue, cues: Cues) -> bool:
    return cue not in cues.avoided


def _covered(cues: Cues) -> bool:
    """Whether clouds hide sun and moon."""
    return any(cue in cues for cue in (Cue.RAIN, Cue.SNOW, Cue.STORM))


def _clouds(cues: Cues, dice: Dice) -> float:
    """How much of the sky clouds take, 0..1."""
    if Cue.CLEAR in cues or Cue.CLOUDY in cues.avoided:
        return 0.0
    if Cue.STORM in cues:
        return 0.92
    if Cue.RAIN in cues or Cue.SNOW in cues:
        return 0.75
    if Cue.CLOUDY in cues:
        return 0.62
    if Cue.AURORA in cues or Cue.STARS in cues:
        return 0.08
    return dice.between("clouds", 0.24, 0.52)
