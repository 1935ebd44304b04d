"""How settings are said back, in English, Russian and Ukrainian, in this order.

They stand beside the words they are made of, and not among the sentences of the screens, because
each must be understood again as the very setting it tells.
"""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("en", "ru", "uk")
Said = tuple[str, str, str]

SIZES: Final[dict[str, Said]] = {
    "tiny": ("tiny", "крошечный", "крихітний"),
    "small": ("small", "маленький", "маленький"),
    "medium": ("medium", "средний", "середній"),
    "large": ("large", "крупный", "великий"),
    "huge": ("huge", "огромный", "величезний"),
}
POSITIONS: Final[dict[str, Said]] = {
    "top left": ("at the top left", "слева вверху", "ліворуч угорі"),
    "top": ("at the top", "вверху", "угорі"),
    "top right": ("at the top right", "справа вверху", "праворуч угорі"),
    "left": ("on the left", "слева", "ліворуч"),
    "center": ("in the center", "в центре", "у центрі"),
    "right": ("on the right", "справа", "праворуч"),
    "bottom left": ("at the bottom left", "слева внизу", "ліворуч унизу"),
    "bottom": ("at the bottom", "внизу", "унизу"),
    "bottom right": ("at the bottom right", "справа внизу", "праворуч унизу"),
}
ALIGNS: Final[dict[str, Said]] = {
    "auto": ("auto", "авто", "авто"),
    "left": ("left", "слева", "ліворуч"),
    "center": ("center", "по центру", "по центру"),
    "right": ("right", "справа", "праворуч"),
}
FONTS: Final[dict[str, Said]] = {
    "text": ("sans serif font", "шрифт без засечек", "шрифт без засічок"),
    "display": ("display font", "декоративный шрифт", "декоративний шрифт"),
    "serif": ("serif font", "шрифт с засечками", "шрифт із засічками"),
    "hand": ("handwritten font", "рукописный шрифт", "рукописний шрифт"),
    "mono": ("monospaced font", "моноширинный шрифт", "моноширинний шрифт"),
}
SWITCHES: Final[dict[str, dict[bool, Said]]] = {
    "upper": {
        True: ("all capitals", "заглавными буквами", "великими літерами"),
        False: ("normal case", "обычный регистр", "звичайний регістр"),
    },
    "italic": {
        True: ("italic", "курсивом", "курсивом"),
        False: ("upright", "прямой шрифт", "прямий шрифт"),
    },
}
FITS: Final[dict[str, Said]] = {
    "size": ("at its own size", "своего размера", "свого розміру"),
    "width": ("fill the width", "на всю ширину", "на всю ширину"),
}
SLOPES: Final[dict[str, Said]] = {
    "diagonal": ("diagonally", "по диагонали", "по діагоналі"),
    "falling diagonal": ("diagonally down", "по диагонали вниз", "по діагоналі вниз"),
}
PRESETS: Final[dict[str, Said]] = {
    "meme": ("meme style", "в стиле мема", "у стилі мему"),
    "subtitle": ("subtitle style", "в стиле субтитров", "у стилі субтитрів"),
    "headline": ("headline style", "в стиле заголовка", "у стилі заголовка"),
    "lower third": ("lower third style", "в стиле титра", "у стилі титру"),
    "sticker": ("sticker style", "в стиле наклейки", "у стилі наліпки"),
    "watermark": ("watermark style", "в стиле водяного знака", "у стилі водяного знака"),
    "quote": ("quote style", "в стиле цитаты", "у стилі цитати"),
    "price tag": ("price tag style", "в стиле ценника", "у стилі цінника"),
    "neon": ("neon style", "в стиле неона", "у стилі неону"),
}
EDGES: Final[dict[str, Said]] = {
    "top": ("{} from the top", "{} от верха", "{} від верху"),
    "bottom": ("{} from the bottom", "{} от низа", "{} від низу"),
    "left": ("{} from the left", "{} от левого края", "{} від лівого краю"),
    "right": ("{} from the right", "{} от правого края", "{} від правого краю"),
    "edge": ("{} from the edge", "{} от края", "{} від краю"),
}
# A direction and its opposite, for amounts below zero.
SHIFTS: Final[dict[str, tuple[Said, Said]]] = {
    "x": (("shift {} right", "сдвиг {} вправо", "зсув {} вправо"),
          ("shift {} left", "сдвиг {} влево", "зсув {} вліво")),
    "y": (("shift {} down", "сдвиг {} вниз", "зсув {} вниз"),
          ("shift {} up", "сдвиг {} вверх", "зсув {} вгору")),
}  # fmt: skip
PLAIN: Final[dict[str, Said]] = {
    "size": ("text size {}", "размер текста {}", "розмір тексту {}"),
    "colour": ("text colour {}", "цвет текста {}", "колір тексту {}"),
    "align": ("align {}", "выравнивание {}", "вирівнювання {}"),
    "weight": ("font weight {}", "насыщенность {}", "насиченість {}"),
    "letter_spacing": ("letter spacing {}", "межбуквенный интервал {}", "міжлітерний інтервал {}"),
    "line_colours": ("lines in {}", "цвета строк {}", "кольори рядків {}"),
    "line_spacing": ("line spacing {}", "межстрочный интервал {}", "міжрядковий інтервал {}"),
    "rotation": ("rotated {}°", "поворот {}°", "поворот {}°"),
    "max_width": ("max width {}", "ширина не больше {}", "ширина не більше {}"),
    "opacity": ("text opacity {}", "непрозрачность текста {}", "непрозорість тексту {}"),
}
PARTS: Final[dict[str, tuple[Said, Said, Said]]] = {
    "plate": (("no box", "без плашки", "без плашки"),
              ("with a box", "с плашкой", "з плашкою"), ("box", "плашка", "плашка")),
    "outline": (("no outline", "без обводки", "без обводки"),
                ("with an outline", "с обводкой", "з обводкою"),
                ("outline", "обводка", "обводка")),
    "shadow": (("no shadow", "без тени", "без тіні"),
               ("with a shadow", "с тенью", "з тінню"), ("shadow", "тень", "тінь")),
    "glow": (("no glow", "без свечения", "без сяйва"),
             ("with a glow", "со свечением", "із сяйвом"), ("glow", "свечение", "сяйво")),
}  # fmt: skip
INSIDE: Final[dict[str, Said]] = {
    "colour": ("colour {}", "цвет {}", "колір {}"),
    "opacity": ("opacity {}", "непрозрачность {}", "непрозорість {}"),
    "padding": ("padding {}", "поля {}", "поля {}"),
    "strength": ("opacity {}", "непрозрачность {}", "непрозорість {}"),
    "radius": ("corners {}", "скругление {}", "заокруглення {}"),
    "blur": ("blur {}", "размытие {}", "розмиття {}"),
    "width": ("width {}", "толщина {}", "товщина {}"),
    "reach": ("radius {}", "радиус {}", "радіус {}"),
}
AUTO: Final[Said] = ("auto", "авто", "авто")
AND: Final[Said] = (" and ", " и ", " та ")
