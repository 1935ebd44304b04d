"""Writes a detailed prompt from a plain idea, from templates and a photographer's vocabulary.

It is no language model and says so (`Composed.note`). It keeps the idea word for word as the
first sentence and adds, in this order, how the subject looks, what is around it, the light, the
view, and the style: sentences of `assets/compose/` and `assets/styles/` that suit the idea's own
cues and contradict neither it nor each other. Same idea, seed and style: same prompt.

It knows a few subjects and places; an idea it does not know gets sentences that suit anything.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from engines.language.detect import detect
from engines.language.tables import ASSETS, table
from engines.words.contradictions import Contradiction, find
from engines.words.cues import Cues, bare, read_cues
from i18n import say

LENGTH: Final = 1000
LANGUAGES: Final = ("en", "ru", "uk")
# The order of the prompt; within each, so many sentences are taken before any gets more.
ORDER: Final = {"appearance": 3, "surroundings": 2, "light": 2, "view": 2, "style": 2}
LONGEST_IDEA: Final = 2000


@dataclass(frozen=True)
class Composed:
    """A prompt, in which language and style, and who wrote it.

    `contradictions` are those of the idea itself; the composer adds none.
    """

    text: str
    language: str
    style: str
    note: str
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True)
class _Line:
    """A sentence, and its place among those of its part: prompts keep the order of the file."""

    part: str
    text: str
    place: int


def compose(
    idea: str, seed: int = 0, style: str = "photo", length: int = LENGTH, language: str = ""
) -> Composed:
    """A prompt of at least `length` characters, as far as the sentences that suit the idea reach.

    `style` is one of `styles()`. `language` is en, ru or uk; left out, it is that of the idea,
    and English for any other. Raises `ValueError` for an empty idea or an unknown style.
    """
    idea = bare(idea[:LONGEST_IDEA])
    if not idea:
        raise ValueError(say("compose.empty"))
    if style not in styles():
        raise ValueError(say("compose.style", style=style, styles=", ".join(styles())))
    spoken = language or detect(idea)
    spoken = spoken if spoken in LANGUAGES else "en"
    opening = _sentence(idea)
    lines = list(_lines(read_cues(idea), style, spoken, f"{seed}/{style}/{idea}"))
    known = find(opening)
    chosen = _choose(opening, lines, length, len(known))
    order = list(ORDER)
    chosen.sort(key=lambda line: (order.index(line.part), line.place))
    text = " ".join([opening, *(line.text for line in chosen)])
    return Composed(text, spoken, style, say("compose.note"), known)


@cache
def styles() -> tuple[str, ...]:
    """The names of the styles: one file each in `assets/styles/`."""
    return tuple(sorted(path.stem for path in (ASSETS / "styles").glob("*.toml")))


def style_words(style: str) -> str:
    """A style in English, as a language model is told of it: its name and what it looks like."""
    rows = table(f"styles/{style}.toml")["line"]
    seen = next((row["en"] for row in rows if row.get("first")), "")
    return f"{style_title(style, 'en')}. {seen}".strip()


def style_title(style: str, language: str) -> str:
    """What a style is called in a language, English where it has no name."""
    titles: dict[str, str] = table(f"styles/{style}.toml")["title"]
    return titles.get(language, titles["en"])


def _choose(opening: str, lines: list[_Line], length: int, known: int) -> list[_Line]:
    """Sentences until the prompt is long enough: one of the style, then of each part in turn."""
    chosen: list[_Line] = []
    for line in _by_turns(lines):
        if chosen and len(opening) + sum(len(one.text) + 1 for one in chosen) >= length:
            break
        whole = " ".join([opening, *(one.text for one in chosen), line.text])
        if len(find(whole)) == known:  # fewer: a word that seems to reconcile hides the idea's own
            chosen.append(line)
    return chosen


def _by_turns(lines: Iterable[_Line]) -> Iterator[_Line]:
    """One sentence of every part, the style first, then a second, and so on; then what is left."""
    parts: dict[str, list[_Line]] = {part: [] for part in ("style", *ORDER)}
    for line in lines:
        parts[line.part].append(line)
    for turn in range(max(ORDER.values())):
        for part, share in parts.items():
            if turn < min(ORDER[part], len(share)):
                yield share[turn]
    for part, share in parts.items():
        yield from share[ORDER[part] :]


def _lines(cues: Cues, style: str, language: str, dice: str) -> Iterator[_Line]:
    """Every sentence that suits the cues, those of each part by weight and then by chance."""
    preset = table(f"styles/{style}.toml")
    without = preset.get("without", "").split()
    for part in ORDER:
        rows = preset["line"] if part == "style" else table(f"compose/{part}.toml")["line"]
        fitting = [
            (place, row)
            for place, row in enumerate(rows)
            if part not in without and _fits(row, cues)
        ]
        fitting.sort(key=lambda one: (-_weight(one[1]), _chance(dice, one[1]["en"])))
        for place, row in fitting:
            yield _Line(part, row[language], place)


def _fits(row: dict[str, Any], cues: Cues) -> bool:
    wanted = row["when"].split()
    return all(
        fact[1:] not in cues.facts if fact.startswith("!") else fact in cues.facts
        for fact in wanted
    )


def _weight(row: dict[str, Any]) -> int:
    """2 for a sentence that must come, 1 for one about the idea, 0 for one that suits any."""
    if row.get("first"):
        return 2
    return int(any(not fact.startswith("!") for fact in row["when"].split()))


def _chance(dice: str, text: str) -> bytes:
    return hashlib.sha256(f"{dice}/{text}".encode()).digest()


def _sentence(idea: str) -> str:
    """The idea as a sentence, its own words untouched."""
    idea = re.sub(r"\s+", " ", idea) if '"' not in idea else idea
    ended = idea if idea[-1] in ".!?…" else idea.rstrip(",;: ") + "."
    return ended[0].upper() + ended[1:]
