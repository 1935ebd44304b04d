"""Whether pictures are large enough for a model, found out before anything is paid."""

from __future__ import annotations

from collections.abc import Sequence

from errors import InvalidInput
from i18n import say
from providers.inputs import InputPicture
from providers.schema import Model


def check_sides(model: Model, pictures: Sequence[InputPicture]) -> None:
    """Whether every picture is large enough for the model: one of 1 by 1 pixels, or a strip, makes
    nothing that anybody wants to pay for. Raises `InvalidInput`."""
    limits = model.limits
    for picture in pictures:
        short, long = sorted((picture.width, picture.height))
        values = {"name": picture.name, "size": f"{picture.width}×{picture.height}"}
        if short < limits.image_least:
            message = say(
                "studio.pictures.tiny", model=model.id, least=limits.image_least, **values
            )
        elif limits.image_ratio is not None and long > limits.image_ratio * short:
            most = f"{limits.image_ratio:.0f}"
            message = say("studio.pictures.strip", model=model.id, most=most, **values)
        else:
            continue
        raise InvalidInput(message, field="pictures", advice=say("studio.pictures.tiny.advice"))
