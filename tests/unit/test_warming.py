"""What a process makes once stands ready before the first visitor needs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from easel.engines.edit.understand import _patterns as instructions
from easel.engines.words import contradictions, language
from easel.providers import client
from easel.studio.warming import warm_up

ONCE: tuple[Callable[..., Any], ...] = (
    client.tls,
    instructions,
    language._words,
    contradictions._book,
)


def test_it_is_made_when_the_app_starts() -> None:
    for each in ONCE:
        each.cache_clear()  # type: ignore[attr-defined]
    warm_up()
    assert [each.cache_info().currsize for each in ONCE] == [1] * len(ONCE)  # type: ignore[attr-defined]
