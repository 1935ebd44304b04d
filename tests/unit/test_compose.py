"""The composer of prompts: long, of one piece, the idea kept, the same every time."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.language.detect import detect
from engines.language.phrasebook import Phrasebook
from engines.language.tables import table
from engines.words.compose import LANGUAGES, ORDER, compose, style_title, styles
from engines.words.contradictions import find
from engines.words.cues import read_cues

IDEAS = {
    "en": ["a girl on the beach", "a cup of coffee by the window", "a castle at night in the fog",
           "mountains and a lake at sunset", "a red bicycle", "freedom", "a fox in the snow",
           "black and white photo of an empty street", "a sign \"Open\" in the rain",
           "minimalist poster with one circle", "a young woman laughing at noon"],
    "ru": ["красивая девушка на пляже", "чашка кофе на столе", "старый дом в лесу ночью",
           "горы на рассвете", "робот с цветком", "свобода", "лиса зимой", "безлюдная улица",
           "черно-белый портрет мужчины", "вывеска «Хлеб» под дождем", "дракон над замком"],
    "uk": ["дівчина на пляжі", "борщ зі сметаною", "старий замок у тумані", "гори на світанку",
           "червоне авто", "свобода і мрія", "кіт спить на підвіконні", "порожня вулиця",
           "чорно-біле фото жінки", "портрет козака", "хата над ставком вночі"],
}  # fmt: skip
EVERY = [(idea, language) for language, ideas in IDEAS.items() for idea in ideas]
TECHNICAL = re.compile(
    r"\d|\b(?:mm|iso|dpi|px|hdr|uhd|raw|masterpiece|trending|artstation)\b|f/|--", re.I
)
PRESETS = {
    "photo", "cinematic", "watercolour", "3d", "line-art", "product", "portrait", "poster",
    "pixel", "anime",
}  # fmt: skip


def sentences(part: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table(part)["line"]
    return rows


FILES = [f"compose/{part}.toml" for part in ORDER if part != "style"]
FILES += [f"styles/{style}.toml" for style in styles()]


@pytest.mark.parametrize("style", styles())
@pytest.mark.parametrize(("idea", "language"), EVERY)
def test_prompts(idea: str, language: str, style: str) -> None:
    made = compose(idea, 3, style)
    assert made.language == language
    assert len(made.text) >= 1000
    assert made.text[1:].startswith(idea[1:])
    assert find(made.text) == () == made.contradictions
    assert not TECHNICAL.search(made.text)
    assert made.note == "Composed from templates, not by a language model."
    assert detect(made.text) == language


def test_every_preset_is_there() -> None:
    assert set(styles()) == PRESETS
    assert {len({style_title(s, one) for s in styles()}) for one in LANGUAGES} == {10}


def test_same_idea_seed_and_style_same_prompt() -> None:
    assert compose("a fox", 5) == compose("a fox", 5)
    assert len({compose("a fox in a forest", seed).text for seed in range(20)}) > 10


@pytest.mark.parametrize("length", [0, 300, 600, 1000, 1300])
def test_length(length: int) -> None:
    made = compose("a fox in a forest", 1, "photo", length)
    assert length <= len(made.text) <= length + 320


def test_order() -> None:
    text = compose("a fox in a forest at night", 1).text
    places = [
        text.index(words)
        for words in ("A fox", "pose", "trunks", "It is night", "natural colour photograph")
    ]
    assert places == sorted(places)


def test_quotes_and_names_are_kept() -> None:
    text = compose('a sign "Café  24/7" held by Anna Bell').text
    assert '"Café  24/7" held by Anna Bell.' in text
    assert "spelled exactly as given" in text


def test_a_contradiction_of_the_idea_is_told() -> None:
    (one,) = compose("a street at night under the midday sun").contradictions
    assert one.matter == "time of day"


def test_what_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="no idea"):
        compose("  ")
    with pytest.raises(ValueError, match="no style “baroque”"):
        compose("a fox", style="baroque")


@pytest.mark.parametrize(
    ("idea", "subject", "facts"),
    [
        ("a girl with a dog on the beach", "person", {"sea", "placed"}),
        ("чашка кофе на столе", "food", {"indoors"}),
        ("the sea at sunset", "landscape", {"sea", "edge", "timed"}),
        ("кіт спить", "animal", {"asleep"}),
        ("a sign 'cat food'", "unnamed", {"lettering"}),
        ("робот", "object", set()),
    ],
)
def test_cues(idea: str, subject: str, facts: set[str]) -> None:
    cues = read_cues(idea)
    assert cues.subject == subject
    assert cues.facts >= facts


def test_an_english_command_is_cut_off() -> None:
    assert compose("Draw a fox").text.startswith("A fox. ")


@pytest.mark.parametrize("file", FILES)
def test_sentences(file: str) -> None:
    """Each stands in all three languages, is a sentence, and asks for facts that exist."""
    tables = table("compose/cues.toml")
    facts = {"placed", "timed", "lettering", "landscape", "unnamed"}.union(
        *(tables[group] for group in ("subjects", "places", "times", "weather", "states"))
    )
    for row, language in product(sentences(file), LANGUAGES):
        text = row[language]
        assert text[0].isupper() and text.endswith("."), text
        assert detect(text) == language, text
        assert not TECHNICAL.search(text), text
        assert {fact.lstrip("!") for fact in row["when"].split()} <= facts, row


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80), st.integers(0, 9))
def test_any_idea_is_composed(idea: str, seed: int) -> None:
    if idea.strip():
        assert compose(idea, seed).text


def test_no_cue_is_spelled_wrongly() -> None:
    tables = table("compose/cues.toml")
    for group in ("subjects", "places", "times", "weather", "states"):
        for name, words in tables[group].items():
            found = Phrasebook({name: words}).find(words.split()[0].replace("_", " "))
            assert found, words


def test_no_sentence_hides_a_contradiction_of_the_idea() -> None:
    idea = "a cat at night under the midday sun"
    assert all(find(compose(idea, seed, "product").text) for seed in range(20))
