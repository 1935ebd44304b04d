"""Chance that repeats: the same words and seed throw the same numbers everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from numpy.random import PCG64, Generator

from engines.sketch.prompt.cues import normalize

T = TypeVar("T")


@dataclass(frozen=True)
class Dice:
    """The random numbers of one picture. Each part of it has its own stream, so that a change
    in one part (more stars on a larger picture, no clouds) leaves every other part in place."""

    key: bytes

    @classmethod
    def of(cls, prompt: str, seed: int) -> Dice:
        """Dice for a prompt (compared without case and spacing) and any whole number as seed."""
        text = f"{seed}\n{normalize(prompt)}"
        return cls(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest())

    def stream(self, part: str) -> Generator:
        """A generator of its own for a named part of the picture."""
        digest = blake2b(part.encode(), key=self.key, digest_size=16).digest()
        return Generator(PCG64(int.from_bytes(digest, "little")))

    def between(self, part: str, low: float, high: float) -> float:
        """One number for a named part, low <= number < high."""
        return low + (high - low) * float(self.stream(part).random())

    def pick(self, part: str, options: Sequence[T]) -> T:
        """One of several options for a named part, each as likely."""
        return options[int(self.stream(part).random() * len(options))]

    def chance(self, part: str, probability: float) -> bool:
        """Whether something of the given probability (0..1) happens in a named part."""
        return bool(self.stream(part).random() < probability)
