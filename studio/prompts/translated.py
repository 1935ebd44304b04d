"""A translation that a session remembers: it is paid for once."""

from __future__ import annotations

from dataclasses import dataclass

from studio.results.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Translated:
    """A prompt, and what is sent in its place."""

    # What the user wrote.
    prompt: str
    # What is to be sent.
    sent: str
    # The translation's own receipt, None where nothing had to be translated.
    receipt: Receipt | None = None
    # Whether it was paid for before, in this session.
    repeated: bool = False
    # Whether the user has changed the wording since.
    edited: bool = False

    @property
    def by(self) -> str:
        """Who translated it."""
        return f"{self.receipt['title']} · {self.receipt['provider']}" if self.receipt else ""
