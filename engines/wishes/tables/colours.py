"""Colours by name: what to paint, how to call it in three languages, and how people spell it.

The first English, Russian and Ukrainian names are those said back. Values are CSS's where CSS has
the name (https://www.w3.org/TR/css-color-4/#named-colors, read 2026-11-21).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Hue:
    """One colour: #rrggbb, its names to say (masculine in Russian and Ukrainian), its spellings."""

    code: str
    names: tuple[str, str, str]
    spellings: str


COLOURS: Final = (
    Hue("#ffffff", ("white", "белый", "білий"), "white бел^ біл^ белоснежн^ білосніжн^"),
    Hue("#000000", ("black", "чёрный", "чорний"), "black черн^ чорн^"),
    Hue("#ff0000", ("red", "красный", "червоний"), "red красн^ червон^"),
    Hue("#00ff00", ("lime", "лаймовый", "лаймовий"), "lime лаймов^ лайм~"),
    Hue("#008000", ("green", "зелёный", "зелений"), "green зелен^ зеленьк^"),
    Hue("#0000ff", ("blue", "синий", "синій"), "blue син^ синеньк^"),
    Hue("#ffff00", ("yellow", "жёлтый", "жовтий"), "yellow желт^ жовт^"),
    Hue("#ffa500", ("orange", "оранжевый", "помаранчевий"),
        "orange оранжев^ помаранчев^ оранж рыж^"),
    Hue("#800080", ("purple", "фиолетовый", "фіолетовий"),
        "purple фиолетов^ фіолетов^ пурпурн^ пурпуров^"),
    Hue("#ee82ee", ("violet", "фиалковый", "фіалковий"), "violet фиалков^ фіалков^"),
    Hue("#ffc0cb", ("pink", "розовый", "рожевий"), "pink розов^ рожев^"),
    Hue("#808080", ("gray", "серый", "сірий"), "gray grey сер^ сір^ сереньк^"),
    Hue("#a52a2a", ("brown", "коричневый", "коричневий"), "brown коричнев^ бур^"),
    Hue("#f5f5dc", ("beige", "бежевый", "бежевий"), "beige бежев^"),
    Hue("#87ceeb", ("sky blue", "голубой", "блакитний"), "sky_blue sky голуб^ блакитн^ небесн^"),
    Hue("#40e0d0", ("turquoise", "бирюзовый", "бірюзовий"), "turquoise бирюзов^ бірюзов^"),
    Hue("#008080", ("teal", "тиловый", "тиловий"), "teal тилов^"),
    Hue("#00ffff", ("cyan", "циановый", "ціановий"), "cyan aqua циан^ ціан^ цианов^ ціанов^"),
    Hue("#39ff14", ("neon green", "неоново-зелёный", "неоново-зелений"),
        "neon_green неоново_зелен^ неонов^_зелен^"),
    Hue("#ff10f0", ("neon pink", "неоново-розовый", "неоново-рожевий"),
        "neon_pink неоново_розов^ неонов^_розов^ неоново_рожев^ неонов^_рожев^"),
    Hue("#1f51ff", ("neon blue", "неоново-синий", "неоново-синій"),
        "neon_blue неоново_син^ неонов^_син^"),
    Hue("#ff3131", ("neon red", "неоново-красный", "неоново-червоний"),
        "neon_red неоново_красн^ неонов^_красн^ неоново_червон^ неонов^_червон^"),
    Hue("#ccff00", ("neon yellow", "неоново-жёлтый", "неоново-жовтий"),
        "neon_yellow неоново_желт^ неонов^_желт^ неоново_жовт^ неонов^_жовт^"),
    Hue("#ff00ff", ("magenta", "фуксиевый", "маджентовий"),
        "magenta fuchsia маджент~ маджентов^ фукси~ фуксі~ фуксиев^ фуксієв^"),
    Hue("#ffd700", ("gold", "золотой", "золотий"), "gold golden золот^ золотист^ золотав^"),
    Hue("#c0c0c0", ("silver", "серебряный", "срібний"),
        "silver silvery серебрян^ серебрист^ серебр~ срібн^ сріблян^ сріблист^"),
    Hue("#000080", ("navy", "тёмно-морской", "темно-морський"),
        "navy navy_blue темно_морск^ темно_морськ^"),
    Hue("#800000", ("maroon", "каштановый", "каштановий"), "maroon каштанов^"),
    Hue("#800020", ("burgundy", "бордовый", "бордовий"),
        "burgundy бордов^ бордо бургундск^ бургундськ^"),
    Hue("#dc143c", ("crimson", "малиновый", "малиновий"), "crimson малинов^ багров^ багрян^"),
    Hue("#808000", ("olive", "оливковый", "оливковий"), "olive оливков^"),
    Hue("#90ee90", ("light green", "салатовый", "салатовий"), "салатов^ салатн^"),
    Hue("#fffdd0", ("cream", "кремовый", "кремовий"), "cream creamy кремов^ сливочн^ вершков^"),
    Hue("#fffff0", ("ivory", "молочный", "молочний"),
        "ivory молочн^ слонов^_кост~ слонов^_кістк~"),
    Hue("#4b0082", ("indigo", "индиго", "індиго"), "indigo индиго індиго"),
    Hue("#e6e6fa", ("lavender", "лавандовый", "лавандовий"), "lavender лавандов^"),
    Hue("#c8a2c8", ("lilac", "сиреневый", "бузковий"), "lilac сиренев^ лилов^ бузков^ лілов^"),
    Hue("#ff7f50", ("coral", "коралловый", "кораловий"), "coral кораллов^ коралов^"),
    Hue("#fa8072", ("salmon", "лососевый", "лососевий"), "salmon лососев^"),
    Hue("#ffdab9", ("peach", "персиковый", "персиковий"), "peach персиков^"),
    Hue("#98ff98", ("mint", "мятный", "м'ятний"), "mint мятн^ мʼятн^"),
    Hue("#50c878", ("emerald", "изумрудный", "смарагдовий"), "emerald изумрудн^ смарагдов^"),
    Hue("#d2b48c", ("tan", "песочный", "пісочний"), "tan sand песочн^ пісочн^ піщан^"),
    Hue("#f0e68c", ("khaki", "хаки", "хакі"), "khaki хаки хакі"),
    Hue("#36454f", ("charcoal", "угольный", "вугільний"), "charcoal угольн^ вугільн^"),
    Hue("#ffbf00", ("amber", "янтарный", "бурштиновий"), "amber янтарн^ бурштинов^"),
    Hue("#da70d6", ("orchid", "орхидейный", "орхідейний"), "orchid орхидейн^ орхідейн^"),
    Hue("#dda0dd", ("plum", "сливовый", "сливовий"), "plum сливов^"),
    Hue("#7fffd4", ("aquamarine", "аквамариновый", "аквамариновий"), "aquamarine аквамаринов^"),
)  # fmt: skip

# Shades that have a value of their own in CSS; any other shade is computed.
SHADES: Final = {
    ("dark", "#0000ff"): "#00008b", ("dark", "#ff0000"): "#8b0000",
    ("dark", "#008000"): "#006400", ("dark", "#808080"): "#404040",
    ("dark", "#ffa500"): "#ff8c00", ("dark", "#ff00ff"): "#8b008b",
    ("dark", "#00ffff"): "#008b8b", ("dark", "#40e0d0"): "#00ced1",
    ("light", "#0000ff"): "#add8e6", ("light", "#008000"): "#90ee90",
    ("light", "#808080"): "#d3d3d3", ("light", "#ffc0cb"): "#ffb6c1",
    ("light", "#ffff00"): "#ffffe0", ("light", "#87ceeb"): "#87cefa",
    ("light", "#00ffff"): "#e0ffff", ("light", "#ff7f50"): "#f08080",
}  # fmt: skip
