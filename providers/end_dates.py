"""When models end that several services host, by their makers' own announcements.

A date is the last day a maker named; a service may stop earlier, or go on by other means.
"""

from __future__ import annotations

from datetime import date

from providers.schema import Status

FLASH_LITE = "google/gemini-3.5-flash-lite"
BANANA = "google/nano-banana-2.1"


def gemini_flash(successor: str = FLASH_LITE) -> Status:
    """Gemini 2.5 Flash."""
    return Status(
        "deprecated",
        until=date(2026, 12, 1),
        successor=successor,
        note="Google ends gemini-2.5-flash in its API on 2026-12-01 (ai.google.dev/gemini-api/docs/"
        "deprecations, read 2026-11-10; Vertex 2026-10-20) and is said to answer with "
        "gemini-3.5-flash-lite from then on: unverified.",
    )


def gpt_41(successor: str) -> Status:
    """GPT-4.1 and its smaller ones."""
    return Status(
        "deprecated",
        until=date(2027, 1, 14),
        successor=successor,
        note="OpenAI announces 2027-01-14 as the day it shuts gpt-4.1 and gpt-4.1-mini down "
        "(openai 3.57.0, types/shared/chat_model.py).",
    )


NANO_BANANA = Status(
    "deprecated",
    until=date(2027, 3, 15),
    successor=BANANA,
    note="Google ends gemini-2.5-flash-image on 2027-03-15, in its API and on Vertex AI, as public "
    "repositories citing Google had it on 2026-10-07; an earlier date was moved.",
)

NANO_BANANA_2 = Status(
    "deprecated",
    successor=BANANA,
    note="By Google's changelog of 2026-10-06 gemini-3.1-flash-image ended in the Gemini API on "
    "2026-10-29; Vertex AI has it until 2027-05-28, so hosts may serve it still: unverified.",
)
