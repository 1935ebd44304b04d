"""Larger pictures on this machine, by small carried networks, or by Lanczos without ncnn."""

from __future__ import annotations

from decimal import Decimal

from engines.intake.pixels import open_file
from errors import InvalidInput
from i18n import say
from providers.http.client import Access
from providers.local.files import AS_IT_IS, Opened, check_length, in_format, opened
from providers.local.worker import NAME, failed, go_on
from providers.params import output_format, scale_choice
from providers.schema import Done, GenerationRequest, Model, Picture, Price, Slot, Task

# The engine's own limit, written out here because the engine brings numpy along; a test holds
# the two together.
MOST_PIXELS = 2048 * 2048


def takes(request: GenerationRequest) -> None:
    """Raises `InvalidInput` for a picture that is too large, or would be for its format."""
    (picture,) = request.pictures
    wide, high = picture.width, picture.height
    if wide * high > MOST_PIXELS:
        most = f"{MOST_PIXELS / 1e6:.1f}"
        message = say("upscale.too_large", width=wide, height=high, most=most)
        advice = say("local.untouched")
        raise InvalidInput(message, field="pictures", provider=NAME, advice=advice)
    times, kind = _times(request), _kind(request)
    check_length(max(wide, high) * times, kind)


def upscale(request: GenerationRequest, access: Access) -> Done:
    """Make it exactly 2 or 4 times as wide and as high, tile by tile."""
    # Late: numpy is needed only when somebody upscales.
    from engines import upscale as engine

    before = opened(request.pictures[0])
    try:
        made = engine.upscale(
            before.image,
            2 if _times(request) == 2 else 4,
            _quality(before),
            access.report,
            access.stop.is_set,
        )
    except engine.Stopped:
        go_on(access)
        raise
    except engine.UpscaleError as error:
        raise failed(str(error)) from error
    go_on(access)
    notes = [say("local.upscale.made", engine=made.engine)]
    data, told = in_format(made.image, _kind(request))
    return Done((Picture(data=data),), warnings=(*notes, *told))


def _times(request: GenerationRequest) -> int:
    return int(request.settings.get("scale", 2))


def _kind(request: GenerationRequest) -> str:
    return str(request.settings.get("output_format", "png"))


def _quality(before: Opened) -> int | None:
    """How strongly the file was compressed; None for anything but a JPEG."""
    from engines.upscale import jpeg_quality

    if before.like.kind != "jpeg":
        return None
    return jpeg_quality(open_file("jpeg", before.data))


UPSCALE = Model(
    id="local/upscale",
    title="SPAN and waifu2x",
    endpoint="upscale",
    task=Task.UPSCALE,
    params=(scale_choice((2, 4), 2), output_format(("png", "jpeg", "webp"), "png")),
    price=Price(usd=Decimal(0), note="made on this machine"),
    limits=AS_IT_IS,
    slots=(Slot("picture", "picture"),),
    words="none",
    languages=("*",),
    licence="As your picture allows; the networks are Apache-2.0 and MIT.",
    notes="Small networks, on the processor: sharper than Lanczos, and they invent no detail. "
    "Pictures of up to 4.2 megapixels; 5 to 31 seconds per megapixel on two processors.",
    source="Easel's own engine",
    seconds=1800,
    takes=takes,
)
