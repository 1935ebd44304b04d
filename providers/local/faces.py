"""Retouching and swapping faces on this machine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PIL import Image

from errors import InvalidInput
from i18n import say
from providers.http.client import Access
from providers.inputs import InputPicture
from providers.local.files import AS_IT_IS, opened, stored
from providers.local.worker import NAME, go_on
from providers.params import mode, source_face, strength, target_face
from providers.schema import Done, GenerationRequest, Model, Picture, Price, Slot, Task

if TYPE_CHECKING:
    from engines.faces import Face
    from engines.nets import Picture as Pixels

LOCAL = Price(usd=Decimal(0), note="made on this machine")
LICENCE = "As your pictures allow: nothing of others is added."


def retouch(request: GenerationRequest, access: Access) -> Done:
    """Retouch every face in the picture; all else stays, pixel for pixel before it is stored."""
    # Late: OpenCV is needed only when somebody has faces to find.
    from engines import faces

    (picture,) = request.pictures
    rgb, alpha, grey = _taken_apart(picture)
    found = _faces(picture, rgb, access)
    asked = request.settings
    strength = float(asked.get("strength", 0.6))
    faces.retouch(
        rgb, found, strength, "enhance" if asked.get("mode") == "enhance" else "soft", own=True
    )
    go_on(access)
    image = _image(rgb, alpha, grey)
    del rgb
    data = stored(image, picture)
    notes = (say("local.retouch.several", count=len(found)),) if len(found) > 1 else ()
    return Done((Picture(data=data),), warnings=notes)


def swap(request: GenerationRequest, access: Access) -> Done:
    """Give a face of the second picture the features of one of the first."""
    from engines import faces

    source, target = request.pictures
    notes: list[str] = []
    pixels, _, _ = _taken_apart(source)
    one = _chosen(source, _faces(source, pixels, access), request, "source_face", notes)
    pixels, one = faces.face_alone(pixels, one)  # so that one whole picture is held, not two
    rgb, alpha, grey = _taken_apart(target)
    other = _chosen(target, _faces(target, rgb, access), request, "target_face", notes)
    if flaw := faces.spoils(one, other):
        if flaw in faces.REFUSALS:
            raise _refused(say(f"local.swap.{flaw}"), "pictures")
        notes.append(say(f"local.swap.{flaw}"))
    faces.swap(pixels, one, rgb, other, own=True)
    go_on(access)
    image = _image(rgb, alpha, grey)
    del rgb
    data = stored(image, target)
    return Done((Picture(data=data),), warnings=tuple(notes))


def _faces(picture: InputPicture, rgb: Pixels, access: Access) -> tuple[Face, ...]:
    """Every face, from left to right. Raises `InvalidInput` where there is none."""
    from engines.faces import find_faces

    go_on(access)
    found = find_faces(rgb)
    if not found:
        raise _refused(say("local.faces.none", name=picture.name), "pictures")
    go_on(access)
    return found


def _chosen(
    picture: InputPicture,
    found: tuple[Face, ...],
    request: GenerationRequest,
    field: str,
    notes: list[str],
) -> Face:
    """The face asked for, counted from 1; where several are there and none was named, it is said
    which one was taken."""
    number = int(request.settings.get(field, 1))
    told = {"name": picture.name, "count": len(found), "field": field}
    if number > len(found):
        raise _refused(say("local.faces.few", number=number, **told), field)
    if len(found) > 1 and field not in request.settings:
        notes.append(say("local.faces.first", **told))
    return found[number - 1]


def _refused(message: str, field: str) -> InvalidInput:
    return InvalidInput(message, field=field, provider=NAME, advice=say("local.untouched"))


def _taken_apart(picture: InputPicture) -> tuple[Pixels, Image.Image | None, bool]:
    """Colours (height, width, 3), which may be changed; the transparency where there is any; and
    whether it is stored in grey."""
    from engines.bands import array_of

    image = opened(picture).image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    return array_of(image), alpha, image.mode == "L"


def _image(rgb: Pixels, alpha: Image.Image | None, grey: bool) -> Image.Image:
    """The pixels as a picture, as transparent and as grey as it was before."""
    from engines.bands import image_of

    image = image_of(rgb)
    if alpha is not None:
        image.putalpha(alpha)
    return image.convert("L") if grey else image


RETOUCH = Model(
    id="local/retouch",
    title="Plain Retouch",
    endpoint="retouch",
    task=Task.RETOUCH,
    params=(mode(("soft", "enhance"), "soft"), strength(0, 1, 0.6)),
    price=LOCAL,
    limits=AS_IT_IS,
    slots=(Slot("picture", "picture"),),
    words="none",
    languages=("*",),
    licence=LICENCE,
    notes="Not generative: it evens skin and keeps pores, eyes, lips, hair and everything else. "
    "Freckles and small moles fade with spots.",
    source="Easel's own engine",
    seconds=1800,
)

SWAP = Model(
    id="local/face-swap",
    title="Plain Face Swap",
    endpoint="face-swap",
    task=Task.FACE_SWAP,
    params=(source_face(), target_face()),
    price=LOCAL,
    limits=AS_IT_IS,
    slots=(Slot("source", "source"), Slot("target", "target")),
    words="none",
    languages=("*",),
    licence=LICENCE,
    notes="Not generative: features are bent and blended, so both heads must look about the same "
    "way. The result says in its metadata that a face was swapped.",
    source="Easel's own engine",
    seconds=1800,
)
