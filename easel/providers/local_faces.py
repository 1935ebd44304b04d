"""Retouching and swapping faces on this machine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PIL import Image

from easel.providers.client import Access
from easel.providers.errors import InvalidInput
from easel.providers.inputs import InPicture
from easel.providers.local_files import AS_IT_IS, Opened, opened
from easel.providers.local_place import NAME, go_on
from easel.providers.params import mode, source_face, strength, target_face
from easel.providers.schema import Done, GenerationRequest, Model, Picture, Price, Slot, Task
from easel.words import say

if TYPE_CHECKING:
    from easel.engines.faces import Face
    from easel.engines.nets import Picture as Pixels

LOCAL = Price(usd=Decimal(0), note="made on this machine")
LICENCE = "As your pictures allow: nothing of others is added."


def retouch(request: GenerationRequest, access: Access) -> Done:
    """Retouch every face in the picture; all else stays, pixel for pixel before it is stored."""
    # Late: OpenCV is needed only when somebody has faces to find.
    from easel.engines import faces

    (picture,) = request.pictures
    before = opened(picture)
    rgb = _pixels(before)
    found = _faces(picture, rgb, access)
    asked = request.settings
    made = faces.retouch(
        rgb,
        found,
        float(asked.get("strength", 0.6)),
        "enhance" if asked.get("mode") == "enhance" else "soft",
    )
    go_on(access)
    data = before.stored(_image(made.rgb, before))
    notes = (say("local.retouch.several", count=len(found)),) if len(found) > 1 else ()
    return Done((Picture(data=data),), warnings=notes)


def swap(request: GenerationRequest, access: Access) -> Done:
    """Give a face of the second picture the features of one of the first."""
    from easel.engines import faces

    source, target = request.pictures
    given, before = opened(source), opened(target)
    pixels, rgb = _pixels(given), _pixels(before)
    notes: list[str] = []
    one = _chosen(source, _faces(source, pixels, access), request, "source_face", notes)
    other = _chosen(target, _faces(target, rgb, access), request, "target_face", notes)
    if flaw := faces.spoils(one, other):
        if flaw in faces.REFUSALS:
            raise _refused(say(f"local.swap.{flaw}"), "pictures")
        notes.append(say(f"local.swap.{flaw}"))
    made = faces.swap(pixels, one, rgb, other)
    go_on(access)
    data = before.stored(_image(made, before))
    return Done((Picture(data=data),), warnings=tuple(notes))


def _faces(picture: InPicture, rgb: Pixels, access: Access) -> tuple[Face, ...]:
    """Every face, from left to right. Raises `InvalidInput` where there is none."""
    from easel.engines.faces import find_faces

    go_on(access)
    found = find_faces(rgb)
    if not found:
        raise _refused(say("local.faces.none", name=picture.name), "pictures")
    go_on(access)
    return found


def _chosen(
    picture: InPicture,
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


def _pixels(picture: Opened) -> Pixels:
    """Colours alone, (height, width, 3)."""
    import numpy as np

    return np.asarray(picture.image.convert("RGB"))


def _image(rgb: Pixels, before: Opened) -> Image.Image:
    """The pixels as a picture, as transparent as it was before."""
    image = Image.fromarray(rgb)
    if before.image.mode == "RGBA":
        image.putalpha(before.image.getchannel("A"))
    return image


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
