"""The bench of memory runs, and says what it should of pictures small enough for a test."""

from __future__ import annotations

import sys

import pytest

from bench import memory


@pytest.mark.skipif(sys.platform != "linux", reason="it reads the kernel's own counts")
def test_edits_take_a_few_copies_of_their_picture_and_give_them_back() -> None:
    """At 4 megapixels a copy is 16 MB; the +350 MB of 40 megapixels would be 35 and the bands."""
    found = memory.rows(("brighter, jpeg", "caption, jpeg", "keep", memory.SIX), (2500, 1600))
    assert set(found) == {"brighter, jpeg", "caption, jpeg", "keep the rest", memory.SIX}
    for name, row in found.items():
        at_once = 2 if name in (memory.SIX, "keep the rest") else 1
        assert 5 < row["peak"] < at_once * 90, (name, row)
        # What was imported meanwhile stays; six pictures that nobody gave back would be 300 MB.
        assert row["after"] < 120 and row["seconds"] > 0, (name, row)
