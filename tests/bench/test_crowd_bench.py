"""Small runs of the benches about a crowd: they measure, and they can complain."""

from __future__ import annotations

from bench import crowd, soak
from bench.soak import Held, complaints


async def test_a_small_crowd() -> None:
    """Figures of a noisy machine prove nothing but that everybody was answered, and how much
    memory a visitor takes, which noise does not change."""
    found = await crowd.main(small=True)
    assert set(found) == {name for name, *_ in crowd.TABLE}
    for theirs, ours in found.values():
        assert theirs.felt.worst >= theirs.felt.usual > 0
        assert ours.felt.worst >= ours.felt.usual > 0
    _, sessions = found["new sessions, 20 a second"]
    assert sessions.grown < 250, "of the 1,300 kB that gradio takes by itself"


async def test_a_short_day_leaves_nothing() -> None:
    held = await soak.measure(6, 2, grace=0.5)
    assert complaints(held) == []
    assert len(held.left) == 9


def test_the_judge_of_a_day_can_complain() -> None:
    held = Held(180_000, 201_000, {"visitors": 3, "events": 0}, 1)
    assert complaints(held) == ["3 visitors are left", "memory grew by 21 MB"]
    assert complaints(held, staying=True) == []
