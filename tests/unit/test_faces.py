"""Finding faces: where they are, where there is none, and what threads do to each other."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("cv2")

from engines.faces import Face, draw_numbers, find, find_faces
from engines.faces.detect import candidates
from engines.faces.face import LEFT_EYE, LIPS, RIGHT_EYE
from engines.nets import MODELS, Picture
from engines.sketch.scene import draw_unlabelled

PHOTOGRAPH = Path(__file__).parent / "data" / "astronaut.jpg"
# The first 16 digits of each file's SHA-256: what was measured is what is carried.
SUMS = {
    "face_detection_full_range.tflite": "99bf9494d84f50ac",
    "face_landmark.tflite": "1055cb9d4a9ca8b8",
    "selfie_segmentation.tflite": "9ee168ec7c8f2a16",
}


@pytest.fixture(scope="module")
def rgb() -> Picture:
    """320 by 320 pixels, one face, about 95 px wide."""
    with Image.open(PHOTOGRAPH) as opened:
        return np.array(opened.convert("RGB"))


def middle(face: Face, ring: tuple[int, ...]) -> np.ndarray:
    return face.landmarks[list(ring)].mean(axis=0)


@pytest.mark.parametrize("file", SUMS)
def test_the_networks_are_those_that_were_measured(file: str) -> None:
    assert hashlib.sha256((MODELS / file).read_bytes()).hexdigest().startswith(SUMS[file])


def test_one_face_where_it_is(rgb: Picture) -> None:
    (face,) = find_faces(rgb)
    assert np.abs(np.array(face.box) - (112, 69, 207, 177)).max() <= 4
    assert 0.8 < face.score <= 1
    assert abs(face.yaw) < 0.15
    assert face.landmarks.shape == (468, 2)
    right, left, mouth = (middle(face, ring) for ring in (RIGHT_EYE, LEFT_EYE, LIPS))
    assert right[0] < mouth[0] < left[0]
    assert max(right[1], left[1]) < face.landmarks[1][1] < mouth[1]


def test_two_faces_from_left_to_right(rgb: Picture) -> None:
    found = find_faces(np.hstack([rgb, rgb]))
    assert len(found) == 2
    assert abs(found[1].box[0] - found[0].box[0] - 320) <= 3
    above, below = find_faces(np.vstack([rgb, rgb]))
    assert above.box[0] <= below.box[0]


def test_a_small_face_in_a_large_picture(rgb: Picture) -> None:
    wide = np.full((1500, 2000, 3), (150, 160, 140), np.uint8)
    wide[1000:1160, 1500:1660] = np.asarray(Image.fromarray(rgb).resize((160, 160)))
    (face,) = find_faces(wide)
    assert np.abs(np.array(face.box) - (1556, 1034, 1604, 1089)).max() <= 5


def test_a_face_that_fills_the_picture(rgb: Picture) -> None:
    (face,) = find_faces(rgb[75:175, 112:207])
    assert face.box[0] < 8 and face.box[2] > 87


def test_a_turned_head_is_told_by_its_yaw(rgb: Picture) -> None:
    (face,) = find_faces(rgb)
    flat = face.landmarks.copy()
    flat[1] = flat[234] * 0.1 + flat[454] * 0.9
    assert Face(face.box, 1, flat).yaw == pytest.approx(0.8, abs=0.05)
    mirrored = find_faces(np.ascontiguousarray(rgb[:, ::-1]))[0]
    assert mirrored.yaw == pytest.approx(-face.yaw, abs=0.06)


@pytest.mark.parametrize("what", ["noise", "landscape", "black", "white"])
def test_no_face_where_there_is_none(what: str) -> None:
    pictures = {
        "noise": np.random.default_rng(1).integers(0, 256, (400, 600, 3), np.uint8),
        "landscape": np.array(draw_unlabelled("mountains, lake, moon", 3, 640, 480)),
        "black": np.zeros((300, 300, 3), np.uint8),
        "white": np.full((300, 300, 3), 255, np.uint8),
    }
    assert find_faces(pictures[what]) == ()


def test_what_only_the_detector_takes_for_a_face_is_none(
    rgb: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = candidates(rgb)
    suit = [replace(each, points=each.points + np.float32(110)) for each in found]
    monkeypatch.setattr(find, "candidates", lambda _: suit)
    assert find_faces(rgb) == ()
    monkeypatch.setattr(find, "candidates", lambda _: suit + found)
    assert len(find_faces(rgb)) == 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (3, 2), (192, 192), (17, 4000)])
def test_odd_shapes(shape: tuple[int, int]) -> None:
    grey = np.full((*shape, 3), 128, np.uint8)
    assert find_faces(grey) == ()
    assert (draw_numbers(grey, ()) == grey).all()


def test_thirteen_megapixels(rgb: Picture) -> None:
    large = np.zeros((3120, 4160, 3), np.uint8)
    large[:1280, :1280] = np.asarray(Image.fromarray(rgb).resize((1280, 1280)))
    (face,) = find_faces(large)
    assert np.abs(np.array(face.box) - np.array((112, 69, 207, 177)) * 4).max() <= 16


def test_what_is_no_colour_picture_is_refused() -> None:
    for wrong in (
        np.zeros((9, 9), np.uint8),
        np.zeros((9, 9, 4), np.uint8),
        np.zeros((9, 9, 3), np.float32),
        np.zeros((0, 9, 3), np.uint8),
    ):
        with pytest.raises(ValueError, match="uint8"):
            find_faces(wrong)


def test_a_grey_picture_made_rgb_by_its_owner(rgb: Picture) -> None:
    grey = np.repeat(rgb.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    assert len(find_faces(grey)) == 1


def test_threads_take_turns(rgb: Picture) -> None:
    mirrored = np.ascontiguousarray(rgb[:, ::-1])
    alone = [find_faces(each)[0].landmarks for each in (rgb, mirrored)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(find_faces, [rgb, mirrored] * 4))
    for number, faces in enumerate(found):
        assert (faces[0].landmarks == alone[number % 2]).all()


def test_numbers_are_drawn_on_a_copy(rgb: Picture) -> None:
    before = rgb.copy()
    drawn = draw_numbers(rgb, find_faces(rgb))
    assert drawn.shape == rgb.shape and (rgb == before).all()
    left, top, right, bottom = find_faces(rgb)[0].box
    changed = (drawn != rgb).any(axis=2)
    assert changed[:, left].sum() > (bottom - top) / 2
    assert changed[top].sum() > (right - left) / 2
    assert not changed[top + 40 : bottom - 20, left + 20 : right - 20].any()


def test_without_opencv_one_clear_exception() -> None:
    """In a process of its own, where cv2 cannot be imported."""
    code = """
import sys
sys.modules["cv2"] = None
from engines.missing import EngineMissing
for engine in ("faces", "cutout"):
    try:
        __import__(f"engines.{engine}")
    except EngineMissing as missing:
        print(missing.name, "-", missing)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    line = "opencv-python-headless - opencv-python-headless is not installed"
    assert done.stdout.splitlines() == [line, line]
