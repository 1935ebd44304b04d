"""Says what changed between two texts, word by word, for showing them side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

# A word or a sign, with the blanks behind it.
WORD: Final = re.compile(r"\w+(?:['’ʼ-]\w+)*\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True)
class Change:
    """A run of words: `kind` says whose they are."""

    kind: Literal["same", "removed", "added"]
    words: str


def difference(before: str, after: str) -> tuple[Change, ...]:
    """What was kept, removed and added, in the order of reading.

    All but "added" joined give `before`; all but "removed" give `after`, to the letter.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    changes: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            changes.append(Change("same", "".join(old[a:b])))
            continue
        if a < b:
            changes.append(Change("removed", "".join(old[a:b])))
        if c < d:
            changes.append(Change("added", "".join(new[c:d])))
    return tuple(changes)
