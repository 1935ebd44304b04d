"""What a process makes once, made before somebody waits for it."""

from __future__ import annotations

import gc

from engines.language.detect import detect
from engines.words import contradictions, cues, protect
from providers.http.client import tls


def warm_up() -> None:
    """Make the TLS context and compile the grammars; call it in a thread when the app starts.

    Each takes 30 to 90 ms, and would hold the event loop for as long when the first visitor needs
    it. Nothing depends on this: what is not ready yet is made where it is used.
    """
    # Late, as everywhere: these bring the engines along.
    from engines.edit.understand import understand
    from engines.wishes.parse import parse

    tls()
    for text in ("a white cat in the garden", "белый кот в саду", "білий кіт у саду"):
        detect(text)
        contradictions.find(text)
        cues.read_cues(text)
        protect.mask(text)
    understand("brighter", 1)
    parse("large white text")


def spare_collector() -> None:
    """Take what lives as long as the process out of Python's search for garbage.

    A full search stops every thread, the event loop's too, and goes through all that was ever
    imported; it comes again and again while pictures are made.
    """
    gc.collect()
    gc.freeze()
