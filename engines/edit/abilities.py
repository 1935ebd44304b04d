"""What Easel's own editor can do, as a list to show, with an example in the user's language."""

from __future__ import annotations

from typing import Final

from i18n import say

# An example of each ability in English, Russian and Ukrainian; each is understood as it stands.
EXAMPLES: Final[dict[str, tuple[str, str, str]]] = {
    "background": ("remove the background", "удали фон", "видали фон"),
    "focus": (
        "blur the background a little",
        "слегка размой фон",
        "трохи розмий тло",
    ),
    "grey": ("make it black and white", "сделай чёрно-белым", "зроби чорно-білим"),
    "warmth": ("a little warmer", "чуть теплее", "трохи тепліше"),
    "light": (
        "20% brighter, more contrast",
        "на 20% ярче, больше контраста",
        "на 20% яскравіше, більше контрасту",
    ),
    "colour": (
        "make the colours more vivid",
        "сделай цвета насыщеннее",
        "зроби кольори насиченішими",
    ),
    "sharpness": ("make it sharper", "сделай резче", "зроби різкіше"),
    "crop": ("crop to 16:9", "обрежь до квадрата", "обріж до 4:5"),
    "turn": ("rotate left", "поверни на 90 градусов вправо", "поверни ліворуч"),
    "mirror": ("flip it horizontally", "отрази по горизонтали", "віддзеркаль по вертикалі"),
    "size": ("resize to 1024 px wide", "уменьши в 2 раза", "зменш до 50%"),
    "frame": (
        "add a thin black frame and round the corners",
        "добавь белую рамку и скругли углы",
        "додай рамку 20 пікселів і заокругли кути",
    ),
    "join": (
        "put them side by side with a 20 px gap",
        "собери в сетку 2 на 2",
        "постав одне під одним",
    ),
    "overlay": (
        "put the second over the first in the bottom right corner, 30%",
        "наложи вторую на первую в правый нижний угол",
        "наклади друге на перше у лівий верхній кут",
    ),
}
LANGUAGES: Final = ("en", "ru", "uk")
# Letters that Russian does not have.
UKRAINIAN: Final = frozenset("іїєґ")


def abilities(language: str = "en") -> list[str]:
    """One sentence per ability, with an example in "en", "ru" or "uk"; any other is English."""
    at = LANGUAGES.index(language) if language in LANGUAGES else 0
    return [
        say("edit.can", what=say(f"edit.can.{what}"), example=examples[at])
        for what, examples in EXAMPLES.items()
    ]


def language_of(text: str) -> str:
    """Which of the three languages a text is most likely in, by its letters alone: Ukrainian
    without a letter of its own counts as Russian."""
    small = text.lower()
    if UKRAINIAN & set(small):
        return "uk"
    return "ru" if any("а" <= sign <= "я" or sign == "ё" for sign in small) else "en"
