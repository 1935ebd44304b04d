"""A user's pictures on their way to one model: what stands for them, and what really goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engines.intake import Read
from i18n import say
from providers.inputs import InputPicture
from providers.schema import GenerationRequest
from studio.uploads import Fitted, UploadedPicture, fit_in_turn
from studio.uploads.minimum_sides import check_sides
from studio.uploads.reading import check_size


def on_its_way(taken: UploadedPicture, number: int) -> InputPicture:
    """What stands for a picture in a request until it is fitted to a model. `number` from 1."""
    name = say("picture.name", number=number)
    return InputPicture(name, taken.data, taken.media_type, taken.width, taken.height)


def stand_in(number: int, width: int, height: int) -> InputPicture:
    """What would stand for a picture that is not there yet, for its price: pixels and no bytes.

    Raises `InvalidInput` for a size no picture may have.
    """
    name = say("picture.name", number=number)
    check_size(Read("jpeg", width, height), name)
    return InputPicture(name, b"", "image/jpeg", width, height)


async def fitted(
    request: GenerationRequest, originals: Sequence[UploadedPicture]
) -> tuple[GenerationRequest, tuple[str, ...]]:
    """The request with its pictures as this model takes them, and what was changed, in words.

    Works in a thread, one picture after the other. Raises `InvalidInput` for one that cannot be
    made to fit.
    """
    if not originals:
        return request, ()
    limits = request.model.limits
    made: list[Fitted] = [await fit_in_turn(taken, limits) for taken in originals]
    pictures = tuple(
        InputPicture(before.name, each.data, each.media_type, each.width, each.height)
        for before, each in zip(request.pictures, made, strict=True)
    )
    changes = tuple(
        say("picture.changed", name=picture.name, done=", ".join(each.done))
        for picture, each in zip(pictures, made, strict=True)
        if each.done
    )
    check_sides(request.model, pictures)  # a strip made smaller may be too narrow now
    return replace(request, pictures=pictures), changes
