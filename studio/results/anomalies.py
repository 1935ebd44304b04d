"""What is odd about a result, told beside it: too many pictures, a black one, one of a few pixels.

Nothing is thrown away over it: what came was paid for, and may be what was asked for.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final, cast

from PIL import Image

from i18n import say
from providers.schema import Picture
from studio.results.image_files import EXTENSIONS, StoredPicture

DARKEST: Final = 8  # of 255: what compression leaves of black
TINY: Final = 64  # pixels in all
# Which pictures are decoded for it: those of usual size, and larger ones that are packed so tightly
# that they can hold next to nothing.
USUAL_AREA, MOST_AREA, TIGHT = 4_200_000, 18_000_000, 0.1  # pixels, pixels, bytes a pixel
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error)


def as_many_as_asked(
    pictures: Sequence[Picture], wanted: int, title: str
) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """At most as many pictures as were asked for, and a warning where there were more.

    What stands twice gives way to what does not. `title`: the provider's name.
    """
    if len(pictures) <= wanted:
        return tuple(pictures), ()
    seen: set[Picture] = set()
    first: list[Picture] = []
    again: list[Picture] = []
    for each in pictures:
        (again if each in seen else first).append(each)
        seen.add(each)
    warning = say("note.results.more", who=title, given=len(pictures), count=wanted)
    return tuple([*first, *again][:wanted]), (warning,)


def oddities(stored: Sequence[StoredPicture]) -> tuple[str, ...]:
    """A warning for each kind of oddity among pictures that were stored. Decodes: for a thread."""
    warnings = []
    for each in stored:
        if each.width * each.height <= TINY:
            warnings.append(say("note.result.tiny", width=each.width, height=each.height))
        elif is_black(each):
            warnings.append(say("note.result.black"))
    return tuple(dict.fromkeys(warnings))


def is_black(stored: StoredPicture) -> bool:
    """Whether every pixel of a picture is black, or next to it, and none lets through what is
    behind it."""
    area = stored.width * stored.height
    if area > MOST_AREA or (area > USUAL_AREA and stored.bytes > TIGHT * area):
        return False
    try:
        with Image.open(stored.path, formats=tuple(EXTENSIONS)) as image:
            image.draft("RGB", (stored.width // 8, stored.height // 8))
            if image.mode.startswith("I"):  # 16 bits
                return cast(tuple[int, int], image.getextrema())[1] <= DARKEST * 257
            seen = image.convert("RGBA" if image.has_transparency_data else "RGB")
            ranges = [cast(tuple[int, int], each) for each in seen.getextrema()]
    except UNREADABLE:
        return False
    opaque = len(ranges) == 3 or ranges[3][0] == 255
    return opaque and all(top <= DARKEST for _, top in ranges[:3])
