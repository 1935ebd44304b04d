"""What a language model says around a text is taken away, and nothing of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.words.tidy import tidy

TEXT = "A red fox sits in the snow. Behind it stands a dark forest."


@pytest.mark.parametrize(
    "answer",
    [
        TEXT,
        f"  {TEXT}\n\n",
        f"```\n{TEXT}\n```",
        f"```text\n{TEXT}\n```\n",
        f"Here is the prompt:\n\n{TEXT}",
        f"Here's a detailed prompt for your image:\n{TEXT}",
        f"Sure! Here is the prompt:\n\n```\n{TEXT}\n```\n\nLet me know if you want changes!",
        f"**Prompt:** {TEXT}",
        f"Prompt: {TEXT}",
        f"Вот подробный промпт:\n\n{TEXT}",
        f"Ось переклад: {TEXT}",
        f"Translation:\n{TEXT}",
        f'"{TEXT}"',
        f"«{TEXT}»",
        f"<think>The user wants a fox: a prompt.</think>\n\n{TEXT}",
        f"{TEXT}\n\nWould you like another version?",
    ],
)
def test_the_text_alone(answer: str) -> None:
    assert tidy(answer) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "A sign reads: Open. The street is empty.",
        "An open book with a description: the words are gold on blue.",
        'A shop called "Rosa" and a bar called "Luna"',
        '"Rosa" stands on the sign, and below it "Luna"',
        "Here a fox sleeps: it dreams of snow.",
        "A poster.\n\nBelow it a bench.",
        "Prompt:",
    ],
)
def test_the_text_itself_is_not_touched(text: str) -> None:
    assert tidy(text) == text


@given(st.text(max_size=200))
def test_nothing_breaks_it(answer: str) -> None:
    made = tidy(answer)
    assert made == made.strip() and tidy(made) is not None
    assert bool(made) or not answer.strip() or "think" in answer.lower() or len(answer) < 20
