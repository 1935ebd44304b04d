"""What the emulated language models write: long enough, in one piece, the same every time."""

from __future__ import annotations

import re

from .ledger import Job, Ledger

LEAST = re.compile(r"at least (\d+) characters")
MARKS = re.compile(r"⟦\d+⟧")
FILLER = "Soft daylight falls on every surface, and the colours stay calm and true to life."
PIECE = 24  # characters


def write(ledger: Ledger, told: str, words: str) -> str:
    """The text for an instruction and the user's words; one planned with `Cloud.writes` first."""
    with ledger.lock:
        if ledger.texts:
            return ledger.texts.pop(0)
    if "You translate prompts" in told:
        return " ".join(["A translated prompt with", *MARKS.findall(words), "in it."])
    if "You turn a wish" in told:
        return '{"colour": "yellow", "outline": {"colour": "black"}}'
    found = LEAST.search(told)
    least = int(found[1]) if found else 40
    text = f"{words.rstrip('.')}."
    while len(text) < least:
        text += f" {FILLER}"
    return text


def pieces(text: str) -> list[str]:
    """The text as it comes, piece by piece."""
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def tokens(text: str) -> int:
    """How many tokens a text is counted as."""
    return max(1, len(text) // 4)


def so_far(job: Job) -> list[str]:
    """The pieces that a job has written at its step."""
    written: list[str] = job.notes["pieces"]
    share = job.step / max(job.pace.steps, 1)
    return written if job.over else written[: int(len(written) * share)]
