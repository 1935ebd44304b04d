"""A result beside its original: told, drawn, and kept to what changed, as a result of its own."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from errors import InvalidInput
from studio.results.comparison import differences, keep_the_rest
from studio.results.image_files import store
from studio.results.receipts import Receipt
from studio.results.session_results import CARRIED
from studio.session import Session
from tests.unit.intake_files import saved, scene

SIZE, SPOT = (320, 240), (20, 120, 90, 200)


def result(session: Session, folder: Path, before: Image.Image, after: Image.Image) -> Receipt:
    """A result in the session's history, and the picture it was made from."""
    made = store(saved(after, "PNG"), folder, "made", "")
    image = {"name": "made.png", "path": str(made.path), "width": 1, "height": 1, "bytes": 1}
    receipt = {
        "id": "first", "model": "fal/flux-kontext-pro", "title": "FLUX", "provider": "fal",
        "task": "image-edit", "asked": {"prompt": "a spot"}, "sent": {"prompt": "a spot"},
        "warnings": ["old"], "seed": 7, "images": [image], "seconds": 9.0,
        "price": {"usd": 0.04, "basis": "actual"}, "key": "user", "upstream_id": "up",
        "order": "first", "attempts": [{}], "state": "completed",
        "moments": [["completed", datetime.now(UTC).isoformat()]],
    }  # fmt: skip
    session.results.before["first"] = store(saved(before, "PNG"), folder, "before", "").path
    session.results.remember(receipt, 10)
    return receipt


def spotted(drift: int = 0) -> Image.Image:
    """The scene with a spot, and a little lighter all over."""
    image = scene(SIZE).point([min(255, value + drift) for value in range(256)] * 3)
    ImageDraw.Draw(image).rectangle(SPOT, fill=(20, 20, 250))
    return image


async def test_what_changed_is_told_and_drawn(tmp_path: Path) -> None:
    session = Session()
    receipt = result(session, tmp_path, scene(SIZE), spotted(drift=2))
    found = await differences(session, receipt, 0, tmp_path)
    area = (SPOT[2] - SPOT[0]) * (SPOT[3] - SPOT[1]) / (SIZE[0] * SIZE[1])
    assert found.share == pytest.approx(area, rel=0.25)
    assert 0 < found.drift < 2
    with Image.open(found.map) as drawn:
        assert drawn.size == SIZE
    again = await differences(session, receipt, 0, tmp_path)
    assert not found.map.exists() and again.map.exists()
    session.clear()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_the_rest_is_the_original_s_own(tmp_path: Path) -> None:
    session = Session()
    first = result(session, tmp_path, scene(SIZE), spotted(drift=2))
    new = await keep_the_rest(session, first, 0, tmp_path, 10)
    assert session.results.history == [first, new]
    assert new["derived_from"] == "first" and new["id"] not in ("first", "")
    assert (new["model"], new["asked"]) == (first["model"], first["asked"])
    assert new["price"]["usd"] == 0 and new["price"]["basis"] == "free"
    assert (new["sent"], new["attempts"], new["upstream_id"], new["seed"]) == ({}, [], "", None)
    assert new["warnings"] != first["warnings"] and "Made here" in new["warnings"][0]
    assert session.results.before[new["id"]] != session.results.before["first"]
    kept = Image.open(io.BytesIO(Path(new["images"][0]["path"]).read_bytes())).convert("RGB")
    away = (200, 0, *SIZE)
    assert kept.crop(away).tobytes() == scene(SIZE).crop(away).tobytes()
    assert kept.getpixel((55, 160)) == (20, 20, 250)
    session.results.delete("first")
    assert session.results.before[new["id"]].exists()


async def test_what_cannot_be_compared_is_said(tmp_path: Path) -> None:
    session = Session()
    receipt = result(session, tmp_path, scene(SIZE), scene((100, 240)))
    with pytest.raises(InvalidInput, match="different shapes"):
        await differences(session, receipt, 0, tmp_path)
    Path(receipt["images"][0]["path"]).unlink()
    with pytest.raises(InvalidInput, match="no longer there"):
        await keep_the_rest(session, receipt, 0, tmp_path, 10)
    session.results.before.clear()
    with pytest.raises(InvalidInput, match="no original"):
        await differences(session, receipt, 0, tmp_path)
    assert session.results.history == [receipt]


async def test_copies_handed_on_do_not_pile_up(tmp_path: Path) -> None:
    session = Session()
    copies = [
        store(saved(scene(), "PNG"), tmp_path, str(each), "").path for each in range(CARRIED + 2)
    ]
    for copy in copies:
        session.results.carry(copy)
    assert [copy.exists() for copy in copies] == [False] * 2 + [True] * CARRIED
    session.end()
    assert not any(copy.exists() for copy in copies)
