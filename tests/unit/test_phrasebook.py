"""Words and phrases of a table, found in any inflection, and known words behind misspelled ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from engines.edit import lexicon as edit
from engines.language.endings import ENDINGS
from engines.language.phrasebook import Phrasebook
from engines.language.spelling import plain, without_ukrainian_letters
from engines.language.tables import table
from engines.language.typos import mend
from engines.sketch.words import NOT_CUES, WORDS
from engines.wishes.lexicon import spellings

BOOK = Phrasebook({"a": "ноч~ (old|new)_house wolf*", "b": "темн^_лес~ темн^ ноч~ rotat+ бега!"})


def found(text: str, book: Phrasebook[str] = BOOK) -> list[tuple[str, set[str]]]:
    return [(text[one.start : one.end], {*one.meanings}) for one in book.find(text)]


def test_every_mark() -> None:
    assert found("Ночью в тёмном лесу wolfish old houses") == [
        ("Ночью", {"a", "b"}), ("тёмном лесу", {"b"}), ("wolfish", {"a"}), ("old houses", {"a"})
    ]  # fmt: skip
    assert found("темн темная rotating rotates бегать бега rota") == [
        ("темная", {"b"}), ("rotating", {"b"}), ("rotates", {"b"}), ("бегать", {"b"}),
        ("бега", {"b"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "plural"),
    [("box", "boxes"), ("beach", "beaches"), ("house", "houses"), ("sea", "seas")],
)
def test_an_english_word_stands_for_its_plural(word: str, plural: str) -> None:
    assert found(plural, Phrasebook({"it": word}))


def test_an_english_word_stands_for_no_other() -> None:
    assert not found("notes ones", Phrasebook({"it": "not on"}))


def test_the_longest_wins_and_exact_spellings_come_first() -> None:
    book = Phrasebook({"stem": "син^ син^_мор~", "word": "синий", "both": "синий_кит"})
    assert book.longest(["синий"]) == (1, ("word", "stem"))
    assert book.longest(["синий", "морем"]) == (2, ("stem",))
    assert book.longest(["серый"]) == (0, ())
    assert book.longest([]) == (0, ())


def test_ukrainian_may_be_written_with_russian_letters() -> None:
    book = Phrasebook({"it": "білий стін~"}, without_ukrainian_letters)
    assert book.longest([without_ukrainian_letters("Б'ілий")])[0]
    assert book.longest(["билий"])[0] and book.longest(["стинив"])[0]


def test_case_stress_and_apostrophes_do_not_matter() -> None:
    assert plain("Ёлка Мʼяч те́плый") == "елка мяч теплый"


SENSES = {"yellow": 1, "below": 2, "lower": 3, "rotate": 4, "жёлтый": 5, "border": 6, "broder": 7}


@pytest.mark.parametrize(
    ("typed", "meant", "boldly"),
    [
        ("yelow", "yellow", False),
        ("yellwo", "yellow", False),
        ("yelllow", "yellow", False),
        ("yallow", "yellow", False),
        ("жлтый", None, False),  # too short
        ("flower", None, False),  # its first letter is right
        ("yekkow", None, True),  # two letters
        ("yelkow", None, False),
        ("yelkow", "yellow", True),
        ("borrder", "border", False),
        ("brorder", None, True),  # as near to two
    ],
)
def test_one_slip_is_mended(typed: str, meant: str | None, boldly: bool) -> None:
    assert mend(typed, SENSES.get, 5 if typed.isascii() else 6, boldly=boldly) == meant


def words_of(rows: Any) -> Iterator[str]:
    for each in rows.values() if isinstance(rows, Mapping) else rows:
        if isinstance(each, str):
            yield from re.split(r"[\s_|()]+", each)
        elif isinstance(each, Mapping | list | tuple):
            yield from words_of(each)


def test_marks_belong_to_the_language_of_their_word() -> None:
    every = [
        edit.LEXICON, edit.NUMBERS, edit.ORDINALS, [edit.FILLER], WORDS, [NOT_CUES],
        [phrases for _, phrases in spellings()], table("words/opposites.toml"),
        table("compose/cues.toml"), table("words/languages.toml")["words"],
    ]  # fmt: skip
    words = {word for rows in every for word in words_of(rows)}
    assert len(words) > 3000
    cyrillic = "".join(set(ENDINGS) - {"+"})
    wrong = {w for w in words if w[-1:] in (cyrillic if w[:-1].isascii() else "+") and w[-1:]}
    assert not wrong
