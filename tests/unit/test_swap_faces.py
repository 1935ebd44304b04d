"""A swap's pictures made ready: found, cut to one face, asked about, refused without one."""

from __future__ import annotations

import asyncio
import io

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("cv2")

from engines.missing import EngineMissing
from errors import InvalidInput
from providers.catalogue import MODELS, provider_of
from providers.schema import Task
from studio import face_swap
from studio.face_swap import Known, ask_swap, cut_to, find, make_ready, numbered, prepare_swap
from studio.keys import Keyring
from studio.request import UserRequest, check
from studio.routing import plan
from studio.uploads import UploadedPicture, take
from tests.faces import no_face, one_face, two_faces

SWAP = MODELS["wavespeed/image-face-swap"]
ALL = Keyring(operator={"fal": "f", "replicate": "r", "wavespeed": "w"})


@pytest.fixture(scope="module")
def one() -> UploadedPicture:
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    return take(one_face(exif=exif.tobytes()), "one.jpg")


@pytest.fixture(scope="module")
def two() -> UploadedPicture:
    return take(two_faces(), "two.jpg")


@pytest.fixture(scope="module")
def none() -> UploadedPicture:
    return take(no_face(), "none.jpg")


def test_the_source_is_cut_to_its_face_and_the_target_is_left(
    one: UploadedPicture, two: UploadedPicture
) -> None:
    source, target = make_ready(one, two, 1, 2)
    assert target is two
    (face,) = find(one)
    (found,) = find(source)
    assert source.width < one.width
    assert source.height < one.height
    wide = found.box[2] - found.box[0]
    assert abs(wide - (face.box[2] - face.box[0])) < 6
    assert wide < source.width * 0.6, "finders of faces need room around one"
    with Image.open(io.BytesIO(source.data)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (source.width, source.height))
        assert not opened.getexif()
    assert source.notes[-1].startswith("cut to the face, ")


@pytest.mark.parametrize("overlap", [0, 60, 90])
@pytest.mark.parametrize("number", [1, 2])
def test_a_neighbour_is_cut_away(overlap: int, number: int) -> None:
    taken = take(two_faces(overlap), "two.jpg")
    both = find(taken)
    assert len(both) == 2
    (alone,) = find(cut_to(taken, both, number))
    sizes = [face.size for face in both]
    assert sizes[1] > 1.2 * sizes[0]
    assert alone.size == pytest.approx(sizes[number - 1], rel=0.1)


def test_a_picture_that_is_all_face_stays_byte_for_byte(one: UploadedPicture) -> None:
    tight = cut_to(one, find(one), 1)
    again = cut_to(tight, find(tight), 1)
    assert again.width <= tight.width
    whole = take(one_face(), "one.jpg")
    (face,) = find(whole)
    big = type(face)((1, 1, whole.width - 1, whole.height - 1), 1.0, face.landmarks)
    assert cut_to(whole, [big], 1) is whole


@pytest.mark.parametrize(
    ("source", "target", "numbers", "field", "words"),
    [
        ("none", "one", (1, 1), "source", "No face was found in none.jpg."),
        ("one", "none", (1, 1), "target", "No face was found in none.jpg."),
        ("two", "one", (3, 1), "source_face", "two.jpg has 2 faces and no face 3."),
        ("one", "two", (1, 0), "target_face", "two.jpg has 2 faces and no face 0."),
        ("one", "one", (1, 2), "target_face", "one.jpg has one face and no face 2."),
    ],
)
def test_what_is_refused(
    request: pytest.FixtureRequest,
    source: str,
    target: str,
    numbers: tuple[int, int],
    field: str,
    words: str,
) -> None:
    pictures = [request.getfixturevalue(name) for name in (source, target)]
    with pytest.raises(InvalidInput) as caught:
        asyncio.run(prepare_swap(*pictures, *numbers))
    assert caught.value.field == field
    assert caught.value.message == words
    assert "nothing was sent" in caught.value.what_now


def test_what_was_found_is_not_looked_for_again(
    one: UploadedPicture, two: UploadedPicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: Known = {}
    first = asyncio.run(ask_swap(one, two, 1, 2, known=known))
    assert len(known) == 3  # the cut source, too

    def look(image: Image.Image) -> None:
        raise AssertionError("looked again")

    monkeypatch.setattr(face_swap, "_find", look)
    assert asyncio.run(ask_swap(one, two, 1, 2, known=known)) == first


def test_no_more_pictures_are_known_than_a_few(none: UploadedPicture) -> None:
    known: Known = {str(number): () for number in range(face_swap.MOST_KNOWN)}
    find(none, known)
    assert len(known) == face_swap.MOST_KNOWN
    assert "0" not in known


def test_without_opencv_the_pictures_go_whole(
    one: UploadedPicture, two: UploadedPicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(image: Image.Image) -> None:
        raise EngineMissing("opencv-python-headless")

    monkeypatch.setattr(face_swap, "_find", missing)
    asked = asyncio.run(ask_swap(one, two))
    assert asked.originals == (one, two)
    assert not asked.settings
    with pytest.raises(InvalidInput, match="opencv-python-headless is installed"):
        make_ready(one, two, 1, 2)


def asked(
    source: UploadedPicture, target: UploadedPicture, number: int, **settings: object
) -> UserRequest:
    return asyncio.run(ask_swap(source, target, 1, number, settings))


def test_which_face_is_told_only_where_there_is_a_choice(
    one: UploadedPicture, two: UploadedPicture
) -> None:
    assert asked(two, one, 1).settings == {}
    assert asked(one, two, 2, output_format="png").settings == {
        "target_face": 2,
        "output_format": "png",
    }
    with pytest.raises(InvalidInput, match="whole number"):
        asyncio.run(ask_swap(one, two, 1, "1.5"))


def test_a_model_that_cannot_be_told_says_so_before_the_click(
    one: UploadedPicture, two: UploadedPicture
) -> None:
    checked = check(SWAP, asked(one, two, 2))
    assert checked.request.settings == {}
    assert [text for text in checked.warnings if "another than face 2" in text]
    assert check(SWAP, asked(one, one, 1)).warnings == ()


def test_auto_asks_dedicated_models_before_general_ones_and_ours_last(
    one: UploadedPicture, two: UploadedPicture
) -> None:
    rows = [each.model for each in plan(Task.FACE_SWAP, "auto", asked(one, two, 2), ALL).candidates]
    kinds = [(not provider_of(row).needs_key, row.general) for row in rows]
    assert kinds == sorted(kinds)
    assert {row.general for row in rows} == {False, True}


def test_the_preview_is_small_and_numbered(two: UploadedPicture) -> None:
    data = numbered(two, find(two))
    plain = Image.open(io.BytesIO(two.thumbnail(face_swap.PREVIEW))).convert("RGB")
    with Image.open(io.BytesIO(data)) as drawn:
        assert max(drawn.size) <= face_swap.PREVIEW
        assert drawn.size == plain.size
        change = np.abs(np.asarray(drawn, int) - np.asarray(plain, int)).max(2) > 60
    assert change.any(), "nothing was drawn"
    assert change.mean() < 0.1, "the faces must stay seen"


def test_transparency_is_looked_at_on_white() -> None:
    with Image.open(io.BytesIO(one_face())) as opened:
        image = opened.convert("RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    place = io.BytesIO()
    image.save(place, "PNG")
    taken = take(place.getvalue(), "clear.png")
    assert taken.alpha
    (face,) = find(taken)
    assert numbered(taken, [face])
    assert cut_to(taken, [face], 1).kind == "png"
