"""The endings of English, Russian and Ukrainian words, by the mark that stands for them.

How a word is spelled in every table (lower case, ё is written е; apostrophes do not matter):
    night       the word itself, or its English plural
    ноч~        the stem with nothing or a Russian or Ukrainian noun ending after it
    темн^       the stem with an adjective's or adverb's ending after it
    бега!       the stem with nothing or a Russian or Ukrainian verb ending after it
    rotat+      the stem with nothing or an English verb ending after it
    снегопад*   the stem with anything after it
    a_b         words in a row, each spelled as above
    (a|b)_c     a_c and b_c; (a|)_c is a_c and c
"""

from __future__ import annotations

from typing import Final

ANYTHING: Final = "*"
ENDINGS: Final[dict[str, str]] = {
    "~": (
        "а я у ю е и ы і ї о є ь й ом ем єм ой ей ою ею єю ам ям ах ях ами ями ов ів ев їв ью ию "
        "ия ии ий ием ией иею иям иях иями ті ття ттям ттю ові еві єві"
    ),
    "^": (
        "ый ий ой ій ая яя а я ое ее е є ые ие ы и і ї о ого его ього ому ему ьому ым им ом ем "
        "ую юю у ю ых их ыми ими ою ею ьою ої ьої ей еї"
    ),
    "!": (
        "ь ьте ьмо и ите ить ити іть й йте йти ти ть ай айте ать ати аем аєм ают яй яйте ять яти "
        "уй уйте уем овать увати ювати юй юйте ировать ируй ируйте ировано ивай ивайте ивать ывай "
        "ывайте ывать ю у им имо ем емо еш ешь уть уто ута утый ула ув ути ли ла л в ила ил ив "
        "ано ана аны ений ена ено ені ен ены"
    ),
    "+": "e s es ed d ing ion ions er ers en ens",
}
# Of these the stem alone is no word.
NEVER_BARE: Final = frozenset("^")
LONG_PLURALS: Final = ("ses", "xes", "zes", "ches", "shes", "oes")
MARKS: Final = frozenset([*ENDINGS, ANYTHING])


def singulars(word: str) -> tuple[str, ...]:
    """What an English word may be the plural of."""
    if not word.isascii() or not word.endswith("s"):
        return ()
    return (word[:-1], word[:-2]) if word.endswith(LONG_PLURALS) else (word[:-1],)
