"""What a process makes once stands ready before the first visitor needs it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from engines.edit.understand import _patterns as instructions
from engines.language import detect, latin
from engines.words import contradictions
from providers.http import client
from studio.warmup import spare_collector, warm_up

ONCE: tuple[Callable[..., Any], ...] = (
    client.tls,
    instructions,
    detect._words,
    latin._lexicon,
    latin._letters,
    latin._english,
    latin._loans,
    contradictions._book,
)


def test_it_is_made_when_the_app_starts() -> None:
    for each in ONCE:
        each.cache_clear()  # type: ignore[attr-defined]
    warm_up()
    assert [each.cache_info().currsize for each in ONCE] == [1] * len(ONCE)  # type: ignore[attr-defined]


def test_what_stands_is_not_searched_again() -> None:
    before = gc.get_freeze_count()
    try:
        spare_collector()
        assert gc.get_freeze_count() > before
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
