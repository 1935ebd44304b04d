"""A user's picture on its way in: checked before it is decoded, freed of metadata, told about."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from PIL import Image

from engines.admission import MEGA, in_thread
from engines.intake import Read, read
from engines.intake.colour import lab_to_srgb, likeness, to_srgb
from engines.intake.encode import as_stored
from engines.intake.exif import read_exif, tell_xmp
from engines.intake.pixels import SIDEWAYS, check, is_clear, load, open_file, plain, turn
from engines.intake.png import is_exact
from i18n import say
from studio.uploads.limits import MOST_PIXELS, MOST_SIDE
from studio.uploads.notes import called, refusal, refused, removal
from studio.uploads.ownership import check_bytes, read_file
from studio.uploads.picture import UploadedPicture

# These tell their metadata only once they are opened.
BOXED = ("avif", "heic")


async def take_in(path: Path, name: str, folder: Path) -> UploadedPicture:
    """Take in an uploaded picture, before it goes anywhere: an engine, a provider, the screen.

    `path`: as gradio hands it over. `name`: as the user called it. `folder`: where gradio keeps
    uploads; nothing outside is opened. Works in a thread. Raises `InvalidInput`.
    """
    data, found = await asyncio.to_thread(_read_file, path, called(name), folder)
    return await in_thread(found.width * found.height / MEGA, _take, data, found, called(name))


def _read_file(path: Path, name: str, folder: Path) -> tuple[bytes, Read]:
    """The file, and what its header says; nothing is decoded."""
    data = read_file(path, folder, name)
    return data, _looked_at(data, name)


def take(data: bytes, name: str) -> UploadedPicture:
    """Take in a picture's bytes: PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or HEIC, told by content.

    Refused before anything is decoded: above 30 MB, above 40 megapixels, not whole, no picture.
    A PNG, JPEG or WebP that is upright and in sRGB keeps its pixels bit for bit; anything else is
    decoded once and stored again, losslessly or at its own quality. Raises `InvalidInput`.
    """
    name = called(name)
    return _take(data, _looked_at(data, name), name)


def _looked_at(data: bytes, name: str) -> Read:
    """What a file's header says. Raises `InvalidInput` for what is refused undecoded."""
    check_bytes(len(data), name)
    with refused(name):
        found = read(data)
    check_size(found, name)
    return found


def _take(data: bytes, found: Read, name: str) -> UploadedPicture:
    with refused(name):
        clean = b"".join(found.parts)
        if _can_stay(found, clean):
            notes = _notes(found)
            if found.alpha and is_clear(found.kind, clean, MOST_PIXELS):
                notes += (say("intake.note.clear"),)
            elif found.kind != "png" and not found.alpha:
                check(found.kind, clean, MOST_PIXELS)
            return _taken(name, found, clean, notes)
        return _encoded(name, found, clean or data)


def check_size(found: Read, name: str) -> None:
    """Raises `InvalidInput` above 40 megapixels, and for a side no JPEG could hold."""
    size = f"{found.width}×{found.height}"
    if found.width * found.height > MOST_PIXELS:
        million = f"{found.width * found.height / 1e6:.0f}"
        raise refusal("large", name=name, size=size, million=million, most=MOST_PIXELS // 10**6)
    if max(found.width, found.height) > MOST_SIDE:
        raise refusal("long", name=name, size=size, most=MOST_SIDE)


def _can_stay(found: Read, clean: bytes) -> bool:
    """Whether the file without its metadata is the picture to send."""
    if not clean or found.orientation != 1 or found.inks:
        return False
    if found.icc and likeness(found.icc, found.inks) != "srgb":
        return False
    return found.kind != "png" or is_exact(clean)


def _encoded(name: str, found: Read, data: bytes) -> UploadedPicture:
    """Decode it, set it right, and store it again."""
    image = open_file(found.kind, data)
    load(image, MOST_PIXELS)
    if found.kind in BOXED:
        found = _opened(found, image)
    # Pillow turns a TIFF while decoding it, and HEIC is stored the way it is meant.
    orientation = 1 if found.kind in ("tiff", "heic") else found.orientation
    # A PNG's chunks have an order among them, which its reader knows.
    icc = found.icc if found.kind == "png" else image.info.get("icc_profile") or found.icc
    found = replace(found, icc=icc, inks=image.mode == "CMYK")
    notes = _notes(found)
    pixels, moved = _in_srgb(image, icc, found.inks)
    if moved:
        notes += (say("intake.note.colours"),)
    del image  # at 40 megapixels it weighs 160 MB
    pixels = turn(pixels, orientation)
    kind, made = as_stored(pixels, found, data, orientation in SIDEWAYS)
    if kind != found.kind:
        notes += (say("intake.note.kind", old=found.kind.upper(), new=kind.upper()),)
    if pixels.mode == "RGBA" and pixels.getchannel("A").getextrema()[1] == 0:
        notes += (say("intake.note.clear"),)
    if found.bits > 8:
        notes += (say("intake.note.bits", bits=found.bits),)
    lossless = kind == "png" or (kind == "webp" and found.lossless)
    stored = replace(found, kind=kind, width=pixels.width, height=pixels.height, lossless=lossless)
    return _taken(name, replace(stored, alpha=pixels.mode == "RGBA"), made, notes)


def _in_srgb(image: Image.Image, icc: bytes, inks: bool) -> tuple[Image.Image, bool]:
    """Plain pixels in sRGB, and whether their colours had to be converted for it."""
    if image.mode == "LAB":
        return lab_to_srgb(image), True
    if icc and likeness(icc, inks) == "other":
        pixels, moved = to_srgb(image, icc)
        return pixels, moved or inks
    return plain(image), inks


def _opened(found: Read, image: Image.Image) -> Read:
    """What an AVIF or a HEIC tells once it is opened."""
    orientation, removed = 1, found.removed
    if exif := image.info.get("exif"):
        orientation, told = read_exif(exif)
        removed |= told
    if xmp := image.info.get("xmp"):
        removed |= tell_xmp(xmp)
    several = max(found.frames, getattr(image, "n_frames", 1))
    return replace(found, orientation=orientation, removed=removed, frames=several)


def _notes(found: Read) -> tuple[str, ...]:
    """What was done in any case, as words for the user."""
    said = [removal(found.removed)]
    if found.orientation != 1:
        said.append(say("intake.note.turned"))
    if found.frames > 1:
        said.append(say("intake.note.first"))
    return tuple(words for words in said if words)


def _taken(name: str, found: Read, data: bytes, notes: tuple[str, ...]) -> UploadedPicture:
    return UploadedPicture(
        name, data, found.kind, found.width, found.height, found.alpha, found.lossless,
        found.removed, notes,
    )  # fmt: skip
