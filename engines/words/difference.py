"""Says what changed between two texts, word by word, for showing them side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

# A word or a sign, with the blanks behind it.
WORD: Final = re.compile(r"\w+(?:['’ʼ-]\w+)*\s*|[^\w\s]\s*|\s+")


Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Change:
    """A run of words: `kind` says whose they are."""

    kind: Kind
    words: str


def difference(before: str, after: str) -> tuple[Change, ...]:
    """What was kept, removed and added, in the order of reading.

    All but "added" joined give `before`; all but "removed" give `after`, to the letter.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    changes: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, _bare(old), _bare(new)).get_opcodes():
        if kind == "equal":
            for one, other in zip(old[a:b], new[c:d], strict=True):
                _keep(changes, one, other)
            continue
        _add(changes, "removed", "".join(old[a:b]))
        _add(changes, "added", "".join(new[c:d]))
    return tuple(changes)


def _bare(words: list[str]) -> list[str]:
    """The words without the blanks behind them: the last one is the same where others follow."""
    return [word.rstrip() for word in words]


def _keep(changes: list[Change], one: str, other: str) -> None:
    """A word that stayed, and the blanks behind it where they did not."""
    if one == other:
        _add(changes, "same", one)
        return
    word = one.rstrip()
    _add(changes, "same", word)
    _add(changes, "removed", one[len(word) :])
    _add(changes, "added", other[len(word) :])


def _add(changes: list[Change], kind: Kind, words: str) -> None:
    """Lengthen the last run where it is of that kind."""
    if not words:
        return
    if changes and changes[-1].kind == kind:
        words = changes.pop().words + words
    changes.append(Change(kind, words))
