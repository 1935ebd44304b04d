"""Reads an instruction in English, Russian or Ukrainian: what is to be done, in which order.

A small grammar, not a language model: it knows the words of `lexicon.py` in the orders of
`rules.py`. Whatever else is said counts as not understood, and then nothing at all is to be
done: half of an edit is not what was asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from engines.edit.build import build
from engines.edit.operations import Operation, Tone
from engines.edit.rules import (
    GRADUAL,
    LEFT_ALONE,
    NEGATIONS,
    NOUN_FORMS,
    PIECES,
    REFUSED,
    REMARKS,
    RULES,
    SILENT,
)
from engines.edit.tokens import LONGEST_INSTRUCTION, Token, read_tokens

# Tokens one operation may take; it also bounds the work on a hostile instruction.
WINDOW: Final = 20
REFUSAL: Final = "refused"
REMARK: Final = "remark"
DEGREES: Final = ("SLIGHT", "BUTSLIGHT", "MUCH", "PERCENT", "SIGNEDPERCENT")


@dataclass(frozen=True)
class Understood:
    """What an instruction asks for, in its order, or the words that were not understood.

    Never both: when `unknown` names a word, `operations` is empty. Both are empty when nothing
    is asked, or only what not to do.
    """

    operations: tuple[Operation, ...] = ()
    unknown: tuple[str, ...] = ()


def understand(instruction: str, pictures: int) -> Understood:
    """Find the operations an instruction asks for, or the words that Easel does not understand.

    `pictures` is how many were given: "join 3 photos" is understood only for three. Instructions
    above 1,000 characters are refused whole.
    """
    if len(instruction) > LONGEST_INSTRUCTION:
        return Understood(unknown=(instruction[:40].strip() + "…",))
    reading = _Reading(read_tokens(instruction), pictures)
    while reading.at < len(reading.tokens):
        reading.step()
    return reading.finish()


@dataclass
class _Reading:
    """An instruction on its way through the grammar."""

    tokens: tuple[Token, ...]
    pictures: int
    at: int = 0
    operations: list[Operation] = field(default_factory=list)
    # The rule and the words of each operation.
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    # Rules that must not be done, with the words that said so.
    declined: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    # The degree word of the operation just read, while only "and" stands after it.
    carried: tuple[Token, ...] = ()

    def step(self) -> None:
        """Read one operation, one negation, or one word that says nothing."""
        rule, length = _longest_match(self.tokens, self.at)
        here = self.tokens[self.at]
        if rule == REMARK:
            self.remarks.append(" ".join(t.text for t in self.tokens[self.at : self.at + length]))
            self.at += length
        elif length:
            self._take(rule, self.tokens[self.at : self.at + length])
            self.at += length
        elif here.concept in NEGATIONS:
            self._decline()
        else:
            if here.concept not in SILENT:
                self.unknown.append(here.text)
            if here.concept != "AND":
                self.carried = ()
            self.at += 1

    def finish(self) -> Understood:
        """All or nothing; what contradicts itself counts as not understood."""
        self.unknown += [self.declined[rule] for rule in self.asked if rule in self.declined]
        self.unknown += [words for words, one in self._tones() if self._opposed(one)]
        if not self.operations:
            self.unknown += self.remarks
        if self.unknown:
            return Understood(unknown=tuple(dict.fromkeys(self.unknown)))
        return Understood(tuple(self.operations))

    def _tones(self) -> list[tuple[str, Tone]]:
        return [
            (words, one)
            for words, one in zip(self.said, self.operations, strict=True)
            if isinstance(one, Tone)
        ]

    def _opposed(self, tone: Tone) -> bool:
        """Whether something else asks for the opposite: "dark photo, make it brighter"."""
        return any(
            type(other) is type(tone) and other.amount * tone.amount < 0
            for _, other in self._tones()
        )

    def _take(self, rule: str, span: tuple[Token, ...]) -> None:
        own = tuple(token for token in span if token.concept in DEGREES)
        degree = self.carried if rule in GRADUAL and not own else ()
        counts = {token.values[0] for token in span if token.concept == "COUNT"}
        found = None if rule == REFUSAL else build(rule, degree + span)
        if found is None or counts - {self.pictures}:
            self.unknown += [token.text for token in span if token.concept not in SILENT]
            self.carried = ()
            return
        self.operations.append(found)
        self.asked.append(rule)
        self.said.append(" ".join(token.text for token in span))
        leads = rule in GRADUAL and own and span.index(own[0]) < len(span) - 1
        self.carried = (degree or own[:1]) if leads or degree else ()

    def _decline(self) -> None:
        """Skip what stands after "don't" or "without", and what "or" joins to it."""
        start, chained = self.at, True
        without = self.tokens[start].concept == "WITHOUT"
        while chained:
            self.at += 1
            while self._concept() in SILENT - {"STOP"}:
                self.at += 1
            rule, length = _longest_match(self.tokens, self.at, refusing=False)
            if not length and self._concept() in LEFT_ALONE:
                rule, length = LEFT_ALONE[self._concept()], 1
            if not length:
                self.unknown.append(self.tokens[start].text)
                return
            end = self.at + length
            said = " ".join(token.text for token in self.tokens[start:end])
            self.declined[rule] = said
            self.at = end
            chained = self._concept() == "OR" or (
                without and self._concept() == "AND" and self._names(end + 1)
            )

    def _concept(self) -> str:
        return self.tokens[self.at].concept if self.at < len(self.tokens) else ""

    def _names(self, at: int) -> bool:
        """Whether the word names a deed instead of asking for it: "without blurs and rotation"."""
        return at < len(self.tokens) and self.tokens[at].text.endswith(NOUN_FORMS)


def _longest_match(tokens: tuple[Token, ...], at: int, *, refusing: bool = True) -> tuple[str, int]:
    """The rule that takes the most tokens from here on, and how many; 0 when none does."""
    concepts = "".join(f"{token.concept or 'UNKNOWN'} " for token in tokens[at : at + WINDOW])
    best, longest = "", 0
    for rule, pattern in _patterns():
        if rule == REFUSAL and not refusing:
            continue
        found = pattern.match(concepts)
        if found and found.end() > longest:
            best, longest = rule, found.end()
    return best, concepts[:longest].count(" ")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every pattern ready to match a row of concepts, refusals first: they win a tie."""
    rows = [(REFUSAL, spelling) for spelling in REFUSED]
    rows += [(REMARK, spelling) for spelling in REMARKS]
    rows += [(rule, spelling) for rule, spellings in RULES.items() for spelling in spellings]
    return tuple((rule, _compile(spelling)) for rule, spelling in rows)


def _compile(spelling: str) -> re.Pattern[str]:
    whole = spelling.format(**PIECES).replace(" ", "\0")
    return re.compile(re.sub(r"[A-Z]+", r"(?:\g<0> )", whole).replace("\0", ""))
