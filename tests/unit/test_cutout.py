"""Cutting a person out: the person is kept, the rest is not, and nobody is told from somebody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("cv2")

from engines.cutout import PERSON_SHARE, cut_out, person_share
from engines.guided import coefficients
from engines.nets import Picture

PHOTOGRAPH = Path(__file__).parent / "data" / "astronaut.jpg"


@pytest.fixture(scope="module")
def rgb() -> Picture:
    with Image.open(PHOTOGRAPH) as opened:
        return np.array(opened.convert("RGB"))


def test_a_person_is_kept_and_the_wall_is_not(rgb: Picture) -> None:
    mask = cut_out(rgb)
    assert mask.shape == rgb.shape[:2] and mask.dtype == np.float32
    assert mask.min() >= 0 and mask.max() <= 1
    assert mask[80:170, 130:190].min() > 0.95  # the face
    assert mask[260:310, 100:180].min() > 0.95  # the suit
    assert mask[10:60, 260:300].max() < 0.05  # the wall
    assert person_share(mask) > 0.3


def test_the_edge_is_where_the_picture_has_it(rgb: Picture) -> None:
    """On both sides of the head the mask falls from all to nothing within a few pixels."""
    mask = cut_out(rgb)[60]
    doubtful = ((mask > 0.1) & (mask < 0.9)).sum()
    assert mask[110:200].min() > 0.9
    assert 2 <= doubtful <= 24


@pytest.mark.parametrize("level", [0, 128, 255])
def test_nobody_in_a_plain_picture(level: int) -> None:
    assert person_share(cut_out(np.full((300, 400, 3), level, np.uint8))) < PERSON_SHARE


def test_a_person_in_a_corner_is_looked_at_closely(rgb: Picture) -> None:
    wide = np.full((700, 1600, 3), (90, 120, 150), np.uint8)
    wide[540:, 1200:1360] = np.asarray(Image.fromarray(rgb).resize((160, 160)))
    mask = cut_out(wide)
    alone = np.asarray(Image.fromarray(cut_out(rgb)).resize((160, 160)))
    assert np.abs(mask[540:, 1200:1360] - alone).mean() < 0.15
    assert mask[:, :1000].max() < 0.05


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (3, 2), (3120, 4160)])
def test_odd_shapes(shape: tuple[int, int]) -> None:
    mask = cut_out(np.full((*shape, 3), 90, np.uint8))
    assert mask.shape == shape and np.isfinite(mask).all()


def test_what_is_no_colour_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="uint8"):
        cut_out(np.zeros((9, 9), np.uint8))


def test_threads_take_turns(rgb: Picture) -> None:
    mirrored = np.ascontiguousarray(rgb[:, ::-1])
    alone = [cut_out(each) for each in (rgb, mirrored)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(cut_out, [rgb, mirrored] * 4))
    assert all((each == alone[number % 2]).all() for number, each in enumerate(found))


def test_the_guided_filter_keeps_edges_and_smooths_the_rest() -> None:
    step = np.zeros((40, 60), np.float32)
    step[:, 30:] = 1
    noisy = step + np.random.default_rng(0).normal(0, 0.05, step.shape).astype(np.float32)
    gain, offset = coefficients(noisy, noisy, 4, 0.2, np.ones_like(step))
    smooth = gain * noisy + offset
    assert np.abs(smooth - step)[:, :22].mean() < 0.5 * np.abs(noisy - step)[:, :22].mean()
    assert smooth[:, 32].mean() - smooth[:, 27].mean() > 0.8
    nothing = coefficients(noisy, noisy, 4, 0.2, np.zeros_like(step))
    assert np.isfinite(nothing).all()
