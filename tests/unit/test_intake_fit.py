"""A picture fits a model: untouched where it can be, else changed as little as can be, and said."""

from __future__ import annotations

import pytest
from PIL import Image

from errors import InvalidInput
from studio.uploads import PictureLimits, before_sending, fit, save_like, take
from tests.unit.intake_files import exif, noise, opened, saved, scene

JPEG, PNG, WEBP = ("image/jpeg",), ("image/png",), ("image/webp",)
ANY = PictureLimits()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_fits_goes_byte_for_byte(kind: str) -> None:
    taken = take(saved(scene(), kind), "a")
    fitted = fit(
        taken, PictureLimits(image_bytes=len(taken.data), image_side=48, image_pixels=48 * 32)
    )
    assert fitted.data is taken.data
    assert fitted.done == ()
    assert (fitted.media_type, fitted.width, fitted.height) == (taken.media_type, 48, 32)


def test_too_many_bytes_lower_the_quality_step_by_step() -> None:
    """As much quality as fits: one step more would not."""
    taken = take(saved(noise((256, 256)), "PNG"), "a.png")
    sizes = {
        quality: len(saved(noise((256, 256)), "JPEG", quality=quality))
        for quality in range(50, 90, 5)
    }
    for quality in (85, 70, 50):
        fitted = fit(taken, PictureLimits(image_bytes=sizes[quality]))
        assert fitted.kind == "jpeg"
        assert len(fitted.data) == sizes[quality]
        assert fitted.done == (f"sent as JPEG of quality {quality}",)
        assert (fitted.width, fitted.height) == (256, 256)


def test_below_quality_50_it_becomes_smaller() -> None:
    taken = take(saved(noise((256, 256)), "JPEG", quality=95), "a.jpg")
    most = len(saved(noise((256, 256)), "JPEG", quality=50)) // 2
    fitted = fit(taken, PictureLimits(image_bytes=most))
    assert len(fitted.data) <= most
    assert fitted.width < 256
    assert fitted.done[0] == f"made smaller: 256×256 → {fitted.width}×{fitted.height}"
    assert opened(fitted.data).size == (fitted.width, fitted.height)


def test_png_that_is_demanded_stays_png() -> None:
    taken = take(saved(noise((128, 128)), "PNG"), "a.png")
    limits = PictureLimits(image_bytes=len(taken.data) // 2, image_types=PNG)
    fitted = fit(taken, limits)
    assert fitted.kind == "png"
    assert len(fitted.data) <= limits.image_bytes
    photo = take(saved(scene(), "JPEG"), "a.jpg")
    fitted = fit(photo, PictureLimits(image_types=PNG))
    assert fitted.done == ("sent as PNG",)
    assert opened(fitted.data).tobytes() == opened(photo.data).tobytes()


@pytest.mark.parametrize(
    ("side", "pixels", "wanted"),
    [
        (100, None, (100, 50)),
        (None, 800, (40, 20)),
        (100, 800, (40, 20)),
        (400, 10**9, (400, 200)),
        (1, None, (1, 1)),
    ],
)
def test_sizes(side: int | None, pixels: int | None, wanted: tuple[int, int]) -> None:
    taken = take(saved(scene((400, 200)), "PNG"), "a.png")
    fitted = fit(taken, PictureLimits(image_side=side, image_pixels=pixels))
    assert (fitted.width, fitted.height) == wanted == opened(fitted.data).size
    assert fitted.kind == "png"
    assert bool(fitted.smaller) == (wanted != (400, 200))


def test_a_jpeg_made_smaller_keeps_its_quality_rather_than_its_bytes() -> None:
    fitted = fit(take(saved(scene((400, 200)), "JPEG"), "a.jpg"), PictureLimits(image_side=100))
    assert fitted.changes == ("sent as JPEG of quality 92",)


def test_transparency_stays_where_the_model_takes_it() -> None:
    taken = take(saved(scene((400, 200), "RGBA"), "PNG"), "a.png")
    for types in (PNG, WEBP, PNG + JPEG):
        fitted = fit(taken, PictureLimits(image_side=100, image_types=types))
        assert opened(fitted.data).mode == "RGBA"
        assert "transparency filled with white" not in fitted.done


@pytest.mark.parametrize(
    "limits", [PictureLimits(image_alpha=False), PictureLimits(image_types=JPEG)]
)
def test_transparency_becomes_white_only_where_it_must(limits: PictureLimits) -> None:
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (10, 0, 20, 20))
    fitted = fit(take(saved(image, "PNG"), "a.png"), limits)
    shown = opened(fitted.data).convert("RGB")
    assert min(shown.getpixel((2, 10))) > 250
    assert shown.getpixel((17, 10))[2] > 240
    assert "transparency filled with white" in fitted.done


def test_transparency_nobody_sees_is_not_filled() -> None:
    image = scene()
    image.putalpha(255)
    fitted = fit(take(saved(image, "PNG"), "a.png"), PictureLimits(image_alpha=False))
    assert opened(fitted.data).tobytes() == scene().tobytes()
    assert fitted.done == ()


def test_transparency_that_is_too_heavy_becomes_smaller_and_stays() -> None:
    image = noise((256, 256))
    image.putalpha(Image.linear_gradient("L"))
    taken = take(saved(image, "PNG"), "a.png")
    for types in (PNG, PNG + JPEG, PNG + JPEG + WEBP):
        fitted = fit(taken, PictureLimits(image_bytes=len(taken.data) // 3, image_types=types))
        assert len(fitted.data) <= len(taken.data) // 3
        assert opened(fitted.data).mode == "RGBA"


@pytest.mark.parametrize("types", [JPEG, PNG, WEBP])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_what_the_model_reads_is_sent(kind: str, types: tuple[str, ...]) -> None:
    fitted = fit(take(saved(scene(), kind), "a"), PictureLimits(image_types=types))
    assert fitted.media_type == types[0]
    assert opened(fitted.data).get_format_mimetype() == types[0]


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (64, 64)])
@pytest.mark.parametrize("types", [JPEG, PNG, ("image/gif",)])
def test_what_never_fits_is_refused(size: tuple[int, int], types: tuple[str, ...]) -> None:
    taken = take(saved(noise(size), "PNG"), "a.png")
    with pytest.raises(InvalidInput, match=r"a\.png cannot be made to fit into 0\.0 MB"):
        fit(taken, PictureLimits(image_bytes=50, image_types=types))


def test_what_is_longer_than_a_webp_may_be() -> None:
    long = take(saved(Image.new("RGBA", (20_000, 2), (9, 9, 9, 9)), "PNG"), "a.png")
    fitted = fit(long, PictureLimits(image_types=WEBP))
    assert fitted.kind == "webp" and fitted.width == 16_000
    short = take(saved(scene(), "WEBP"), "a.webp")
    assert save_like(Image.new("RGB", (20_000, 2)), short).kind == "png"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_can_be_sent_as_jpeg(mode: str) -> None:
    source = Image.new("I;16", (48, 32), 40_000) if mode == "I;16" else scene(mode=mode)
    fitted = fit(take(saved(source, "PNG"), "a.png"), PictureLimits(image_types=JPEG))
    assert opened(fitted.data).mode in ("L", "RGB")


def test_the_line_before_the_click() -> None:
    photo = take(saved(scene((403, 302)), "JPEG", exif=exif()), "a.jpg")
    line = before_sending(photo, fit(photo, PictureLimits(image_side=204)), "fal")
    assert line == (
        "403×302 → 204 px, location, camera data, date and text removed, "
        "sent as JPEG of quality 92, goes to fal"
    )
    plain = take(saved(scene(), "PNG"), "a.png")
    assert before_sending(plain, fit(plain, ANY), "Replicate") == "48×32, goes to Replicate"


@pytest.mark.parametrize("quality", [40, 75, 96])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
def test_a_result_is_stored_at_its_picture_s_own_quality(quality: int, subsampling: int) -> None:
    data = saved(scene((64, 64)), "JPEG", quality=quality, subsampling=subsampling)
    result = save_like(noise((128, 128)), take(data, "a.jpg"))
    assert result.media_type == "image/jpeg"
    made = opened(result.data)
    assert made.size == (128, 128)
    assert made.quantization == opened(data).quantization
    assert [each[1:3] for each in made.layer] == [each[1:3] for each in opened(data).layer]
    assert not made.getexif() and "comment" not in made.info


def test_results_of_other_kinds() -> None:
    image = noise((40, 40))
    clear = image.copy()
    clear.putalpha(Image.linear_gradient("L").resize((40, 40)))
    for options, kind in (({}, "PNG"), ({"lossless": True}, "WEBP")):
        taken = take(saved(scene(), kind, **options), "a")
        assert opened(save_like(image, taken).data).tobytes() == image.tobytes()
    lossy = take(saved(scene(), "WEBP"), "a.webp")
    assert save_like(image, lossy).kind == save_like(clear, lossy).kind == "webp"
    jpeg = take(saved(scene(), "JPEG"), "a.jpg")
    assert save_like(clear, jpeg).kind == "png"
    assert opened(save_like(clear, jpeg).data).tobytes() == clear.tobytes()
    image.info["comment"] = image.info["exif"] = b"secret"
    assert b"secret" not in save_like(image, jpeg).data
