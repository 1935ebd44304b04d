"""Endings of nouns and adjectives in folded spelling (і is и, є is е), words of one line each.

A noun may also have no ending at all; an adjective always has one.
"""

from __future__ import annotations

from typing import Final

ENGLISH_NOUN: Final = "s es"
NOUN: Final = (
    "а я у ю е и ы о ь й ом ем ой ей ою ею ам ям ах ях ами ями ов ив ев ью "
    "ия ии ию ием ией иею иям иях иями ови еви"
)
ADJECTIVE: Final = (
    "ый ий ой ая яя а я ое ее е ые ие и ы о ого его ього ому ему ьому ым им ом ем "
    "ую юю у ю ых их ыми ими ою ею ьою ои ьои ей еи"
)
