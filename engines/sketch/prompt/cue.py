"""What the sketch can draw, and which of these things exclude or follow each other."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final


class Cue(Enum):
    """Something a prompt can ask for and the sketch can draw."""

    SUNRISE = auto()
    DAY = auto()
    SUNSET = auto()
    DUSK = auto()
    NIGHT = auto()
    CLEAR = auto()
    CLOUDY = auto()
    FOG = auto()
    RAIN = auto()
    SNOW = auto()
    STORM = auto()
    AURORA = auto()
    SEA = auto()
    LAKE = auto()
    RIVER = auto()
    MOUNTAINS = auto()
    HILLS = auto()
    FOREST = auto()
    DESERT = auto()
    CITY = auto()
    FIELD = auto()
    BEACH = auto()
    SUN = auto()
    MOON = auto()
    STARS = auto()
    LIGHTHOUSE = auto()
    SAILBOAT = auto()
    BIRDS = auto()
    TREE = auto()
    HOUSE = auto()
    ROAD = auto()
    FLOWERS = auto()
    WINTER = auto()
    SPRING = auto()
    SUMMER = auto()
    AUTUMN = auto()
    WARM = auto()
    COLD = auto()
    DARK = auto()
    BRIGHT = auto()
    RED = auto()
    ORANGE = auto()
    GOLD = auto()
    GREEN = auto()
    TEAL = auto()
    BLUE = auto()
    PURPLE = auto()
    PINK = auto()
    GREY = auto()


TIMES: Final = (Cue.SUNRISE, Cue.DAY, Cue.SUNSET, Cue.DUSK, Cue.NIGHT)
WEATHERS: Final = (
    Cue.CLEAR, Cue.CLOUDY, Cue.FOG, Cue.RAIN, Cue.SNOW, Cue.STORM, Cue.AURORA,
)  # fmt: skip
WATERS: Final = (Cue.SEA, Cue.LAKE, Cue.RIVER, Cue.BEACH)
LANDS: Final = (Cue.MOUNTAINS, Cue.HILLS, Cue.FOREST, Cue.DESERT, Cue.CITY, Cue.FIELD)
SEASONS: Final = (Cue.WINTER, Cue.SPRING, Cue.SUMMER, Cue.AUTUMN)
COLOURS: Final = (
    Cue.RED, Cue.ORANGE, Cue.GOLD, Cue.GREEN, Cue.TEAL, Cue.BLUE, Cue.PURPLE, Cue.PINK, Cue.GREY,
)  # fmt: skip
