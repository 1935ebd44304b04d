"""Whatever happens to a file's bytes, it is taken in or refused: nothing else, and it ends."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errors import InvalidInput
from studio.uploads import PictureLimits, fit, save_like, take
from tests.unit.intake_files import exif, opened, saved, scene, srgb

KINDS = {
    "PNG": {"exif": True},
    "JPEG": {"exif": True},
    "JPEG progressive": {"progressive": True, "exif": True},
    "WEBP": {"exif": True},
    "WEBP lossless": {"lossless": True, "exif": True},
    "WEBP animated": {"save_all": True, "append_images": [scene((40, 24), "RGBA")]},
    "AVIF": {"exif": True},
    "GIF": {"save_all": True, "append_images": [scene((40, 24), "L")]},
    "BMP": {},
    "TIFF": {"exif": True},
    "TIFF packed": {"compression": "tiff_lzw"},
    "TIFF jpeg": {"compression": "jpeg"},
}
SMALL = PictureLimits(image_side=20, image_types=("image/jpeg",))
CHANGE = st.tuples(
    st.floats(0, 1, exclude_max=True), st.sampled_from(["set", "cut", "double", "drop"]),
    st.binary(min_size=1, max_size=8),
)  # fmt: skip


@cache
def sound(kind: str) -> bytes:
    """A valid file, with a profile and a tail of metadata where the format has them."""
    options = dict(KINDS[kind])
    if options.get("exif"):
        options["exif"] = exif(6)
    if kind.partition(" ")[0] in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF"):
        options["icc_profile"] = srgb()
    return saved(scene((40, 24)), kind.partition(" ")[0], **options)


def changed(data: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    for place, how, extra in changes:
        at = int(place * len(data))
        if how == "set":
            data = data[:at] + extra + data[at + len(extra) :]
        elif how == "cut":
            data = data[: max(at, 1)]
        elif how == "double":
            data = data[:at] + data[at : at + 64] + data[at:]
        else:
            data = data[:at] + data[at + len(extra) :]
    return data


# Pillow warns of broken TIFF directories; elsewhere in these tests warnings are errors.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=st.lists(CHANGE, max_size=4))
def test_a_damaged_file_is_taken_or_refused(
    kind: str, changes: list[tuple[float, str, bytes]]
) -> None:
    try:
        taken = take(changed(sound(kind), changes), "a")
        fitted = fit(taken, SMALL)
        save_like(taken.pixels(), taken)
        taken.thumbnail(8)
    except InvalidInput as error:
        assert error.message.startswith("a ")
        return
    if not changes:
        assert taken.removed or kind in ("BMP", "GIF", "WEBP animated") or "TIFF" in kind
    assert opened(fitted.data).size == (fitted.width, fitted.height)
    assert max(fitted.width, fitted.height) <= 20


@pytest.mark.parametrize("kind", KINDS)
def test_the_files_are_sound(kind: str) -> None:
    """Or the test above would prove nothing."""
    assert fit(take(sound(kind), "a"), SMALL).kind == "jpeg"
