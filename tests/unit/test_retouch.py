"""Retouching and swapping faces: what must change does, and all else stays to the last bit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

pytest.importorskip("cv2")

from engines.edit.light import sepia
from engines.faces import REFUSALS, Face, find_faces, retouch, spoils, swap
from engines.faces.face import (
    LEFT_BROW,
    LEFT_CHEEK,
    LEFT_EYE,
    LIPS,
    RIGHT_BROW,
    RIGHT_CHEEK,
    RIGHT_EYE,
)
from engines.faces.skin import drawn, place
from engines.faces.swap import MARGIN
from engines.nets import Picture
from engines.opencv import cv2
from tests.seen import same_to_the_eye

PHOTOGRAPH = Path(__file__).parent / "data" / "astronaut.jpg"
CHEEKS = (50, 205, 425)


@pytest.fixture(scope="module")
def rgb() -> Picture:
    with Image.open(PHOTOGRAPH) as opened:
        return np.array(opened.convert("RGB"))


@pytest.fixture(scope="module")
def face(rgb: Picture) -> Face:
    return find_faces(rgb)[0]


def spotted(rgb: Picture, face: Face, radius: float) -> tuple[Picture, NDArray[np.float32]]:
    """The picture with a red spot on each place of CHEEKS, and where they are, 0..1."""
    rows, columns = np.mgrid[: rgb.shape[0], : rgb.shape[1]].astype(np.float32)
    spots = np.zeros(rgb.shape[:2], np.float32)
    for x, y in face.landmarks[list(CHEEKS)]:
        spots += np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * radius**2))
    red = rgb + spots[..., None] * np.array((5, -60, -50), np.float32)
    return red.clip(0, 255).astype(np.uint8), spots


def redness(rgb: Picture, spots: NDArray[np.float32]) -> float:
    """Mean of red minus green where the spots are."""
    off = rgb[..., 0].astype(float) - rgb[..., 1]
    return float(off[spots > 0.5].mean())


def covered(rgb: Picture, face: Face, *rings: tuple[int, ...]) -> NDArray[np.bool_]:
    where = place(face, rgb, 0.1)
    plane = np.zeros(rgb.shape[:2], np.bool_)
    where.cut(plane)[:] = drawn(where, face, [(ring, 0) for ring in rings]) > 0  # type: ignore[arg-type]
    assert plane.any()
    return plane


@pytest.mark.parametrize("mode", ["soft", "enhance"])
@pytest.mark.parametrize("strength", [0.3, 1.0])
def test_nothing_outside_the_mask_changes(
    rgb: Picture, face: Face, mode: str, strength: float
) -> None:
    before = rgb.copy()
    done = retouch(rgb, [face], strength, mode)  # type: ignore[arg-type]
    assert (rgb == before).all()
    changed = (done.rgb != rgb).any(axis=2)
    assert not changed[done.mask == 0].any()
    assert changed.sum() > 500
    assert 0.02 < (done.mask > 0).mean() < 0.15


def test_soft_leaves_eyes_brows_and_lips_alone(rgb: Picture, face: Face) -> None:
    done = retouch(rgb, [face], 1.0)
    kept = covered(rgb, face, LEFT_EYE, RIGHT_EYE, LEFT_BROW, RIGHT_BROW, LIPS)
    assert (done.mask[kept] == 0).all()
    assert (done.rgb[kept] == rgb[kept]).all()


def test_the_eyes_of_one_are_not_the_skin_of_another(rgb: Picture, face: Face) -> None:
    """As when two heads lean together: the second face lies half over the first."""
    shift = np.array((0, 25), np.float32)
    left, top, right, bottom = face.box
    below = Face((left, top + 25, right, bottom + 25), 1.0, face.landmarks + shift)
    alone = retouch(rgb, [below], 1.0)
    lips = covered(rgb, face, LIPS)
    assert (alone.rgb[lips] != rgb[lips]).any()
    assert (retouch(rgb, [face, below], 1.0).rgb[lips] == rgb[lips]).all()


def test_enhance_clears_the_eyes_and_leaves_the_lips_alone(rgb: Picture, face: Face) -> None:
    done = retouch(rgb, [face], 1.0, "enhance")
    lips = covered(rgb, face, LIPS)
    assert (done.rgb[lips] == rgb[lips]).all()
    eyes = covered(rgb, face, LEFT_EYE, RIGHT_EYE)

    def detail(picture: Picture) -> float:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
        return float(np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 1.5))[eyes].mean())

    assert detail(done.rgb) > 1.1 * detail(rgb)


@pytest.mark.parametrize("times", [1, 4])
def test_red_spots_go(rgb: Picture, face: Face, times: int) -> None:
    side = 320 * times
    large = np.asarray(Image.fromarray(rgb).resize((side, side), Image.Resampling.BICUBIC))
    whose = replace(face, box=tuple(v * times for v in face.box), landmarks=face.landmarks * times)  # type: ignore[arg-type]
    red, spots = spotted(large, whose, 2.0 * times)
    clean, before = redness(large, spots), redness(red, spots)
    after = redness(retouch(red, [whose], 0.6).rgb, spots)
    assert before > clean + 25
    assert after - clean < 0.25 * (before - clean)


def test_pores_stay(rgb: Picture, face: Face) -> None:
    large = np.asarray(Image.fromarray(rgb).resize((2560, 2560), Image.Resampling.BICUBIC))
    grain = np.random.default_rng(2).normal(0, 6, large.shape[:2])[..., None]
    grainy = (large + grain).clip(0, 255).astype(np.uint8)
    whose = replace(face, box=tuple(v * 8 for v in face.box), landmarks=face.landmarks * 8)  # type: ignore[arg-type]
    done = retouch(grainy, [whose], 1.0)

    def fine(picture: Picture) -> float:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
        return float((grey - cv2.GaussianBlur(grey, (0, 0), 1.5))[done.mask == 255].std())

    assert fine(done.rgb) > 0.9 * fine(grainy)


def test_strength_nothing_and_nobody_change_nothing(rgb: Picture, face: Face) -> None:
    for done in (retouch(rgb, [face], 0.0), retouch(rgb, (), 1.0)):
        assert (done.rgb == rgb).all() and not done.mask.any()


def test_every_face_is_retouched(rgb: Picture) -> None:
    pair = np.hstack([rgb, rgb])
    done = retouch(pair, find_faces(pair), 1.0)
    changed = (done.rgb != pair).any(axis=2)
    assert changed[:, :320].sum() > 500 and changed[:, 320:].sum() > 500


def test_a_face_over_the_edge_of_the_picture(rgb: Picture, face: Face) -> None:
    left = face.landmarks - np.array((160, 0), np.float32)
    cut = np.ascontiguousarray(rgb[:, 160:])
    half = Face((0, face.box[1], face.box[2] - 160, face.box[3]), 1.0, left)
    done = retouch(cut, [half], 1.0)
    assert (done.rgb != cut).any()
    assert swap(rgb, face, cut, half).shape == cut.shape
    assert swap(cut, half, rgb, face).shape == rgb.shape


def test_a_face_of_few_pixels_does_no_harm(rgb: Picture, face: Face) -> None:
    tiny = np.asarray(Image.fromarray(rgb).resize((16, 16)))
    whose = Face((5, 3, 10, 9), 1.0, face.landmarks / 20)
    for mode in ("soft", "enhance"):
        done = retouch(tiny, [whose], 1.0, mode)  # type: ignore[arg-type]
        assert (done.rgb[done.mask == 0] == tiny[done.mask == 0]).all()
    assert swap(tiny, whose, rgb, face).shape == rgb.shape


@pytest.mark.parametrize(("strength", "mode"), [(1.1, "soft"), (-0.1, "soft"), (0.5, "sharp")])
def test_what_is_unknown_is_refused(rgb: Picture, face: Face, strength: float, mode: str) -> None:
    with pytest.raises(ValueError, match="not known"):
        retouch(rgb, [face], strength, mode)  # type: ignore[arg-type]


def test_threads_retouch_alike(rgb: Picture, face: Face) -> None:
    alone = retouch(rgb, [face]).rgb
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: retouch(rgb, [face]).rgb, range(8)))
    assert all((each == alone).all() for each in found)


def test_a_swap_changes_the_face_alone(rgb: Picture, face: Face) -> None:
    mirrored = np.ascontiguousarray(rgb[:, ::-1])
    source = find_faces(mirrored)[0]
    assert spoils(source, face) == ""
    before = rgb.copy()
    done = swap(mirrored, source, rgb, face)
    assert done.shape == rgb.shape and (rgb == before).all()
    changed = (done != rgb).any(axis=2)
    where = place(face, rgb, MARGIN)
    assert where.cut(changed).sum() == changed.sum() > 2000
    rows, columns = np.nonzero(changed)
    left, top, right, bottom = face.box
    assert left <= columns.min() and columns.max() < right
    assert top <= rows.min() and rows.max() < bottom


def test_a_swap_with_oneself_is_hardly_seen(rgb: Picture, face: Face) -> None:
    done = swap(rgb, face, rgb, face)
    where = place(face, rgb, MARGIN)
    assert same_to_the_eye(where.cut(done), where.cut(rgb), drift=1)


def test_a_swap_takes_the_light_of_the_target(rgb: Picture, face: Face) -> None:
    dark = (rgb * np.array((0.4, 0.45, 0.55))).astype(np.uint8)
    done = swap(rgb, face, dark, face)
    cheeks = covered(rgb, face, (50, 117, 118, 101, 205, 187))
    off = done[cheeks].mean(axis=0) - dark[cheeks].mean(axis=0)
    assert np.abs(off).max() < 10


def test_a_swap_between_sizes(rgb: Picture, face: Face) -> None:
    large = np.asarray(Image.fromarray(rgb).resize((1600, 1600)))
    whose = replace(face, box=tuple(v * 5 for v in face.box), landmarks=face.landmarks * 5)  # type: ignore[arg-type]
    assert swap(large, whose, rgb, face).shape == rgb.shape
    assert swap(rgb, face, large, whose).shape == large.shape
    assert spoils(face, whose) == "source_soft"


def turned(face: Face, yaw: float) -> Face:
    """The same face with its nose moved as if the head were turned."""
    points = face.landmarks.copy()
    points[1] = points[234] * (1 - yaw) / 2 + points[454] * (1 + yaw) / 2
    return replace(face, landmarks=points)


def test_what_spoils_a_swap(face: Face) -> None:
    assert spoils(turned(face, 0.1), turned(face, -0.1)) == ""
    assert spoils(turned(face, 0.3), turned(face, -0.15)) == "pose_differs"
    assert spoils(turned(face, 0.4), turned(face, -0.4)) == "pose_apart"
    small = replace(face, landmarks=face.landmarks / 8)
    assert spoils(small, face) == "source_small"
    assert spoils(face, small) == "target_small"
    assert {"pose_apart", "source_small", "target_small"} == REFUSALS


def chroma(rgb: Picture) -> NDArray[np.float32]:
    """How colourful each pixel is, in Lab."""
    lab = cv2.cvtColor(np.float32(rgb) / np.float32(255), cv2.COLOR_RGB2Lab)
    return np.asarray(np.linalg.norm(lab[..., 1:], axis=-1), np.float32)


def painted(rgb: Picture, face: Face) -> Picture:
    """The same face with red lips."""
    red = rgb.copy()
    lips = covered(rgb, face, LIPS)
    red[lips] = (red[lips] * 0.4 + np.array((120, 0, 20))).astype(np.uint8)
    return red


def as_jpeg(rgb: Picture, quality: int) -> Picture:
    place = BytesIO()
    Image.fromarray(rgb).save(place, "JPEG", quality=quality)
    return np.array(Image.open(place))


def test_grey_stays_grey_whatever_face_comes_in(rgb: Picture, face: Face) -> None:
    """And whatever is retouched: no channel differs from another."""
    grey = np.repeat(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=-1)
    done = swap(painted(rgb, face), face, grey, face)
    assert (done != grey).any() and np.ptp(done, axis=-1).max() == 0
    for mode in ("soft", "enhance"):
        done = retouch(grey, [face], 1.0, mode).rgb  # type: ignore[arg-type]
        assert (done != grey).any() and np.ptp(done, axis=-1).max() == 0


def test_red_lips_do_not_come_into_pale_and_toned_photographs(rgb: Picture, face: Face) -> None:
    """Of the red that the source has over its skin, a photograph gets what it has itself."""
    source = painted(rgb, face)
    lips, cheeks = covered(rgb, face, LIPS), covered(rgb, face, LEFT_CHEEK, RIGHT_CHEEK)
    where = place(face, rgb, MARGIN)

    def redder(picture: Picture) -> float:
        """How much redder the lips are than the cheeks: a* of Lab."""
        lab = cv2.cvtColor(np.float32(picture) / np.float32(255), cv2.COLOR_RGB2Lab)
        return float(lab[lips][:, 1].mean() - lab[cheeks][:, 1].mean())

    pale = np.asarray(ImageEnhance.Color(Image.fromarray(rgb)).enhance(0.05))
    brown = sepia(rgb)
    for target in (as_jpeg(pale, 80), brown, as_jpeg(brown, 90), as_jpeg(brown, 70)):
        done = swap(source, face, target, face)
        assert redder(done) < redder(target) + 4 < 0.35 * redder(source)
        assert chroma(where.cut(done)).max() < chroma(where.cut(target)).max() + 5
    coloured = swap(source, face, rgb, face)
    assert redder(coloured) > 0.6 * redder(source), "a photograph in colour takes them over"
