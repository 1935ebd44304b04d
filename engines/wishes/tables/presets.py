"""Presets by name: the nouns, and the words around a noun that make it a look and no caption.

"Headline" alone is a caption; "headline style", "like a headline" and "в виде заголовка" are a
look. Nouns that can only be a look need nothing around them.
"""

from __future__ import annotations

from typing import Final

# By the preset: nouns that are captions too, or anything else.
_NOUNS: Final[dict[str, str]] = {
    "meme": "",
    "subtitle": "subtitle movie_subtitle film_subtitle caption_track",
    "headline": "headline heading title poster newspaper_headline заголов^ заголовк~ "
    "заголовок постер~ плакат~ афиш~ афіш~ обложк~ обкладинк~ обкладинц~",
    "lower third": "титр~ титрах",
    "sticker": "",
    "watermark": "watermark water_mark водян^_знак~ водяного_знака водяного_знаку вотермарк~",
    "quote": "quote quotation цитат~",
    "price tag": "price price_label ценник~ цінник~",
    "neon": "",
}  # fmt: skip
# Nouns that are a look by themselves.
_BARE: Final[dict[str, str]] = {
    "meme": "meme мем~ мемас~ мемчик~ мемом мемов мемів мемах",
    "subtitle": "субтитр~ субтитрах субтитри субтитрів титры_фильма",
    "headline": "",
    "lower third": "lower_third lower_3rd нижн^_трет^ нижн^_треть нижней_трети нижн^_третин~ "
    "плашк~_ведущего плашк~_ведучого",
    "sticker": "sticker наклейк~ наклеек стикер~ стікер~ наліпк~ наліпок наліпц~ наклейц~",
    "watermark": "",
    "quote": "",
    "price tag": "price_tag pricetag",
    "neon": "neon неон неона неону неоном неоне неонов^ neon_sign neon_light neon_lettering",
}
_AROUND: Final = (
    "{}_style", "{}_styled", "{}_look", "{}_like", "{}_preset", "style_of_{}", "style_of_a_{}",
    "style_of_the_{}", "like_{}", "like_a_{}", "like_the_{}", "like_on_a_{}", "like_in_a_{}",
    "as_{}", "as_a_{}", "as_if_a_{}", "look_of_a_{}",
    "в_стиле_{}", "стиль_{}", "стилем_{}", "стилю_{}", "как_{}", "как_в_{}", "как_на_{}",
    "в_виде_{}", "типа_{}", "вроде_{}", "наподобие_{}", "будто_{}", "словно_{}",
    "у_стилі_{}", "в_стилі_{}", "як_{}", "як_у_{}", "як_в_{}", "як_на_{}", "у_вигляді_{}",
    "в_вигляді_{}", "на_кшталт_{}", "наче_{}", "неначе_{}", "мов_{}",
)  # fmt: skip


def _spellings(name: str) -> str:
    nouns = f"{_NOUNS[name]} {_BARE[name]}".split()
    looks = (
        around.format(noun)
        for noun in nouns
        for around in _AROUND
        if around.isascii() is noun.isascii()
    )
    return " ".join([*_BARE[name].split(), *looks])


PRESETS: Final[dict[str, str]] = {name: _spellings(name) for name in _NOUNS}
