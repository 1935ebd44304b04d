"""What the page says about data is what the code does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.service import Studio
from ui.tabs import pages

TIMES = ("GRACE_SECONDS", "SWEEP_SECONDS", "IDLE_SECONDS", "NAMELESS_SECONDS", "STRAY_SECONDS",
         "UNUSED_SECONDS", "WAIT_SECONDS")  # fmt: skip


def test_the_times_are_the_constants(
    make_studio: Callable[..., Studio], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each of them is told, and told from the constant: another value is told otherwise."""
    studio = make_studio()
    for number, name in enumerate(TIMES, 7001):
        scale = 1 if name in ("GRACE_SECONDS", "SWEEP_SECONDS") else 60
        monkeypatch.setattr(pages, name, number * scale)
    monkeypatch.setattr(pages, "SESSION_BYTES", 7999 * pages.MEGABYTE)
    told = " ".join(pages.privacy(studio).split())
    for number, words in enumerate(
        (
            "about {} seconds later results, uploads, receipts and keys are deleted",
            "Easel looks every {} seconds",
            "Sessions of the plain API end {} minutes after their last call",
            "what a single call without a session has used and made, {} minutes after it",
            "**Anything left over**, such as a copy of gradio's own, goes {} minutes after",
            "What nobody has used {} minutes after it came is deleted",
            "What they make waits {} minutes for your browser",
        ),
        7001,
    ):
        assert words.format(number) in told, TIMES[number - 7001]
    assert "One session may have 7999 MB of uploads" in told
