"""Tiny pictures and strips: refused before a paid model gets them, taken by our own engines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from errors import InvalidInput
from providers.catalogue import MODELS, provider_of
from providers.schema import GenerationRequest
from studio.request import check, read_request
from studio.uploads import preparing, take
from studio.uploads.preparing import fitted
from tests.making import in_picture
from tests.unit.intake_files import saved

PAID = [model for model in MODELS.values() if model.slots and provider_of(model).needs_key]
OURS = [model for model in MODELS.values() if model.slots and not provider_of(model).needs_key]
ODD = ((1, 1), (1, 4000), (4000, 1), (15, 400), (20, 800))


def test_no_paid_model_takes_a_speck_or_a_strip() -> None:
    assert PAID and OURS
    for model in PAID:
        words = "" if model.words == "none" else "make it warmer"
        for size in ODD:
            given = [
                in_picture(f"picture {at + 1}", size) for at in range(max(1, model.least_pictures))
            ]
            asked = read_request(words, {}, given, model.task)
            with pytest.raises(InvalidInput, match=f"{size[0]}×{size[1]} pixels") as caught:
                check(model, asked)
            assert caught.value.field == "pictures"
            assert "Nothing was sent" in str(caught.value)


def test_our_own_engines_take_them() -> None:
    for model in OURS:
        words = "" if model.words == "none" else "rotate left"
        given = [
            in_picture(f"picture {at + 1}", (1, 40)) for at in range(max(1, model.least_pictures))
        ]
        check(model, read_request(words, {}, given, model.task))


async def test_a_strip_that_becomes_too_narrow_on_its_way_is_refused() -> None:
    model = next(each for each in PAID if each.least_pictures == 1)
    model = replace(model, limits=replace(model.limits, image_side=200))
    taken = take(saved(Image.new("RGB", (40, 1200)), "PNG"), "strip.png")
    request = GenerationRequest(model, "warmer", {}, (preparing.on_its_way(taken, 1),))
    with pytest.raises(InvalidInput, match="6×200 pixels"):
        await fitted(request, [taken])


def test_a_picture_in_which_nothing_is_seen_is_told() -> None:
    note = "it is completely transparent: nothing can be seen in it"
    for kind in ("PNG", "WEBP"):
        clear = saved(Image.new("RGBA", (40, 30), (200, 0, 0, 0)), kind, lossless=True)
        assert note in take(clear, "clear").notes, kind
        seen = Image.new("RGBA", (40, 30), (200, 0, 0, 0))
        seen.putpixel((3, 3), (1, 2, 3, 1))
        assert note not in take(saved(seen, kind, lossless=True, exact=True), "seen").notes
    turned = Image.Exif()
    turned[0x0112] = 6
    clear = saved(Image.new("RGBA", (40, 30)), "PNG", exif=turned)
    assert note in take(clear, "turned").notes
