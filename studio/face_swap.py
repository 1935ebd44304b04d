"""Whose face goes where: faces found and numbered on this machine, a swap's pictures made ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

from engines.admission import in_thread
from engines.intake.encode import jpeg
from engines.missing import EngineMissing
from errors import InvalidInput
from i18n import say
from providers.schema import Task
from studio.request import UserRequest, read_request
from studio.uploads import UploadedPicture, save_like

if TYPE_CHECKING:
    from engines.faces import Face
    from engines.nets import Picture

# Faces by the SHA-256 of the picture they were found in.
Known = MutableMapping[str, "tuple[Face, ...]"]
Box = tuple[int, int, int, int]  # left, top, right, bottom

MOST_KNOWN: Final = 16
# Room around a face, in its longer sides: what finders of faces want to see, and ever less where
# a neighbour is in the way.
MARGINS: Final = (0.8, 0.5, 0.25)
PREVIEW: Final = 480  # longest side in pixels
PREVIEW_DIGITS: Final = 2.0
PREVIEW_QUALITY: Final = 85


@dataclass(frozen=True)
class Numbered:
    """The faces in a picture, numbered from 1, from left to right."""

    # Where each is, in the picture's pixels.
    boxes: tuple[Box, ...] = ()
    # A small JPEG in which they are numbered.
    preview: bytes = b""
    # The package without which no face can be found here; blank where it is installed.
    missing: str = ""


async def number_faces(taken: UploadedPicture, known: Known | None = None) -> Numbered:
    """Find the faces in a picture and number them; works in a thread. `known`: see `find`."""
    return await in_thread(taken.megapixels, _number, taken, known)


def _number(taken: UploadedPicture, known: Known | None) -> Numbered:
    try:
        faces = find(taken, known)
        return Numbered(tuple(face.box for face in faces), numbered(taken, faces))
    except EngineMissing as error:
        return Numbered(missing=str(error.name))


async def ask_swap(
    source: UploadedPicture,
    target: UploadedPicture,
    source_face: object = 1,
    target_face: object = 1,
    settings: Mapping[str, object] | None = None,
    known: Known | None = None,
) -> UserRequest:
    """What a face swap asks: the source cut to its face, the target whole, and which face to change
    where the target has several. `known`: faces found before; what is found is noted there.

    Raises `InvalidInput` for a picture without a face, or without a face of that number.
    """
    numbers = {"source_face": source_face, "target_face": target_face}
    read = read_request("", {**(settings or {}), **numbers}, (), Task.FACE_SWAP).settings
    plain = {name: value for name, value in read.items() if name not in numbers}
    which = int(read.get("source_face", 1)), int(read.get("target_face", 1))
    pictures = await prepare_swap(source, target, *which, known)
    values = await in_thread(_weight(*pictures), _face_settings, pictures, which[1], known)
    return read_request("", {**plain, **values}, pictures, Task.FACE_SWAP)


async def prepare_swap(
    source: UploadedPicture,
    target: UploadedPicture,
    source_face: int = 1,
    target_face: int = 1,
    known: Known | None = None,
) -> tuple[UploadedPicture, UploadedPicture]:
    """The two pictures of a face swap, ready to be asked with, in that order; works in a thread."""
    weight = _weight(source, target)
    return await in_thread(weight, make_ready, source, target, source_face, target_face, known)


def make_ready(
    source: UploadedPicture,
    target: UploadedPicture,
    source_face: int = 1,
    target_face: int = 1,
    known: Known | None = None,
) -> tuple[UploadedPicture, UploadedPicture]:
    """The source cut to the face that is needed, and the target, which has the face to change.

    Faces are numbered from 1, from left to right. Raises `InvalidInput` for a picture without a
    face, or without one of that number. Without OpenCV both stay as they are, as long as nobody
    asks for another face than the first.
    """
    try:
        faces, others = find(source, known), find(target, known)
    except EngineMissing as missing:
        if (source_face, target_face) == (1, 1):
            return source, target
        raise InvalidInput(
            say("faces.engine", package=missing.name), field="source_face"
        ) from missing
    _check(source, faces, source_face, "source")
    _check(target, others, target_face, "target")
    return cut_to(source, faces, source_face), target


def find(taken: UploadedPicture, known: Known | None = None) -> tuple[Face, ...]:
    """Every face in a picture, from left to right. Takes time: call it in a thread.

    `known`: faces found before; what is found is noted there. Raises `EngineMissing`.
    """
    digest = sha256(taken.data).hexdigest()
    if known is not None and digest in known:
        return known[digest]
    faces = _find(_opaque(taken.pixels()))
    if known is not None:
        known[digest] = faces
        while len(known) > MOST_KNOWN:
            known.pop(next(iter(known)), None)
    return faces


def numbered(taken: UploadedPicture, faces: Sequence[Face]) -> bytes:
    """A small JPEG of a picture with its faces numbered. Takes time: call it in a thread."""
    from engines.faces import draw_numbers

    small = _opaque(Image.open(BytesIO(taken.thumbnail(PREVIEW))))
    scale = small.width / taken.width
    fitted = [replace(face, box=_scaled(face.box, scale)) for face in faces]
    drawn = draw_numbers(_array(small), fitted, PREVIEW_DIGITS)
    return jpeg(Image.fromarray(drawn), PREVIEW_QUALITY)


def cut_to(taken: UploadedPicture, faces: Sequence[Face], number: int) -> UploadedPicture:
    """A picture cut to one of its faces with some room around it, and without its neighbours."""
    box = _room(taken, faces, number)
    if box == (0, 0, taken.width, taken.height):
        return taken
    part = taken.pixels().crop(box)
    saved = save_like(part, taken)
    lossless = saved.kind == "png" or taken.lossless
    old, new = f"{taken.width}×{taken.height}", f"{part.width}×{part.height}"
    notes = (*taken.notes, say("faces.cut", old=old, new=new))
    return replace(
        taken, data=saved.data, kind=saved.kind, width=part.width, height=part.height,
        lossless=lossless, notes=notes,
    )  # fmt: skip


def _face_settings(
    pictures: tuple[UploadedPicture, UploadedPicture], number: int, known: Known | None
) -> dict[str, int]:
    """What a model must be told: which of several faces. Of one there is nothing to tell."""
    try:
        source, target = (find(each, known) for each in pictures)
    except EngineMissing:
        return {}
    values = {"target_face": number} if len(target) > 1 else {}
    if len(source) > 1:  # a neighbour that could not be cut away
        values["source_face"] = 1 + _nearest_middle(pictures[0], source)
    return values


def _nearest_middle(taken: UploadedPicture, faces: Sequence[Face]) -> int:
    """Which face a picture was cut around: its index."""
    middle = (taken.width, taken.height)
    off = [
        sum(abs(face.box[side] + face.box[side + 2] - middle[side]) for side in (0, 1))
        for face in faces
    ]
    return off.index(min(off))


def _check(taken: UploadedPicture, faces: Sequence[Face], number: int, field: str) -> None:
    """Whether a picture has a face of that number."""
    if not faces:
        raise InvalidInput(
            say("faces.none", name=taken.name), field=field, advice=say("faces.none.advice")
        )
    if not 1 <= number <= len(faces):
        key = "faces.number" if len(faces) > 1 else "faces.number.one"
        text = say(key, name=taken.name, number=number, count=len(faces))
        raise InvalidInput(text, field=f"{field}_face", advice=say("faces.number.advice"))


def _room(taken: UploadedPicture, faces: Sequence[Face], number: int) -> Box:
    """The part of a picture that shows one face and no other."""
    boxes = [*_rooms(taken, faces, number)]
    if len(faces) == 1:
        return boxes[0]
    pixels = _opaque(taken.pixels())
    return next((box for box in boxes if len(_find(pixels.crop(box))) == 1), boxes[-1])


def _rooms(taken: UploadedPicture, faces: Sequence[Face], number: int) -> Iterator[Box]:
    """Ever tighter parts around a face; each ends half way to its neighbours."""
    left, top, right, bottom = own = faces[number - 1].box
    others = [face.box for face in faces if face is not faces[number - 1]]
    for margin in MARGINS:
        room = round(margin * max(right - left, bottom - top))
        box = (left - room, top - room, right + room, bottom + room)
        for other in others:
            box = _apart(box, own, other)
        yield (
            max(0, box[0]), max(0, box[1]),
            min(taken.width, box[2]), min(taken.height, box[3]),
        )  # fmt: skip


def _apart(box: Box, own: Box, other: Box) -> Box:
    """A part that ends half way between its own face and another, where they are furthest apart."""
    left, top, right, bottom = box
    gaps = (own[0] - other[2], own[1] - other[3], other[0] - own[2], other[1] - own[3])
    side = gaps.index(max(gaps))
    half = (own[side] + other[(side + 2) % 4]) // 2
    if side == 0:
        left = max(left, half)
    elif side == 1:
        top = max(top, half)
    elif side == 2:
        right = min(right, half)
    else:
        bottom = min(bottom, half)
    return left, top, right, bottom


def _scaled(box: Box, scale: float) -> Box:
    left, top, right, bottom = (round(each * scale) for each in box)
    return left, top, right, bottom


def _weight(*pictures: UploadedPicture) -> float:
    """Megapixels of the largest: they are looked at one after the other."""
    return max(each.megapixels for each in pictures)


def _find(image: Image.Image) -> tuple[Face, ...]:
    # Late: OpenCV is needed only when somebody swaps faces, and may be absent.
    from engines.faces import find_faces

    return find_faces(_array(image))


def _array(image: Image.Image) -> Picture:
    from engines.bands import array_of

    return array_of(image)


def _opaque(image: Image.Image) -> Image.Image:
    """In three colours, on white."""
    if image.mode != "RGBA":
        return image if image.mode == "RGB" else image.convert("RGB")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white
