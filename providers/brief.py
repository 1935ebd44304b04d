"""What is to be done with the words of a request whose answer is a text, not a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from engines.words.protect import Part

LEAST_TOKENS = 1200
# Of Cyrillic and Chinese a token holds about two letters, and a model may write twice as much as
# it was asked for; what is cut short is paid for all the same.
TOKENS_A_LETTER = 2


@dataclass(frozen=True, slots=True)
class Brief:
    """What a language model is told to do with the words, and what the result is held to.

    `kind`: "write" makes a prompt of an idea, "repair" frees a prompt of contradictions,
    "translate" says a prompt in another language, "wish" reads a wish about a caption, and
    answers in a style as JSON.
    `told`: the instruction, in English. `language`: ISO 639-1 code of the result. `length`: least
    characters of it, as far as it goes for a translation. `style`: a preset's name, "" for none.
    `target`: the id of the model that the prompt is for, "" for any. `parts`: what stands for the
    marks ⟦1⟧, ⟦2⟧ … in the words that go out.
    """

    kind: Literal["write", "repair", "translate", "wish"]
    told: str
    language: str = "en"
    length: int = 0
    style: str = ""
    target: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def most_tokens(self) -> int:
        """How long the answer may get, in the tokens of a language model."""
        return max(LEAST_TOKENS, self.length * TOKENS_A_LETTER)

    @property
    def asked(self) -> dict[str, str | int]:
        """What of it the user asked for, as receipts tell it; nothing that is blank."""
        length = self.length if self.kind == "write" else 0
        told: dict[str, str | int] = {
            "language": self.language,
            "length": length,
            "style": self.style,
            "target_model": self.target,
        }
        return {name: value for name, value in told.items() if value}

    def remembered(self) -> dict[str, Any]:
        """It as JSON-ready data; `recall_brief` makes it again."""
        return asdict(self)


def recall_brief(told: Mapping[str, Any] | None) -> Brief | None:
    """A brief as a record tells of it."""
    if told is None:
        return None
    parts = tuple(Part(**part) for part in told["parts"])
    return Brief(**{**told, "parts": parts})
