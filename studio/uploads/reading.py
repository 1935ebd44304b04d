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
    data, header = await asyncio.to_thread(_read_file, path, called(name), folder)
    return await in_thread(header.width * header.height / MEGA, _take, data, header, called(name))


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
        header = read(data)
    check_size(header, name)
    return header


def _take(data: bytes, header: Read, name: str) -> UploadedPicture:
    with refused(name):
        clean = b"".join(header.parts)
        if _can_stay(header, clean):
            notes = _notes(header)
            if header.alpha and is_clear(header.kind, clean, MOST_PIXELS):
                notes += (say("intake.note.clear"),)
            elif header.kind != "png" and not header.alpha:
                check(header.kind, clean, MOST_PIXELS)
            return _taken(name, header, clean, notes)
        return _encoded(name, header, clean or data)


def check_size(header: Read, name: str) -> None:
    """Raises `InvalidInput` above 40 megapixels, and for a side no JPEG could hold."""
    size = f"{header.width}×{header.height}"
    if header.width * header.height > MOST_PIXELS:
        million = f"{header.width * header.height / 1e6:.0f}"
        raise refusal("large", name=name, size=size, million=million, most=MOST_PIXELS // 10**6)
    if max(header.width, header.height) > MOST_SIDE:
        raise refusal("long", name=name, size=size, most=MOST_SIDE)


def _can_stay(header: Read, clean: bytes) -> bool:
    """Whether the file without its metadata is the picture to send."""
    if not clean or header.orientation != 1 or header.inks:
        return False
    if header.icc and likeness(header.icc, header.inks) != "srgb":
        return False
    return header.kind != "png" or is_exact(clean)


def _encoded(name: str, header: Read, data: bytes) -> UploadedPicture:
    """Decode it, set it right, and store it again."""
    image = open_file(header.kind, data)
    load(image, MOST_PIXELS)
    if header.kind in BOXED:
        header = _opened(header, image)
    # Pillow turns a TIFF while decoding it, and HEIC is stored the way it is meant.
    orientation = 1 if header.kind in ("tiff", "heic") else header.orientation
    # A PNG's chunks have an order among them, which its reader knows.
    icc = header.icc if header.kind == "png" else image.info.get("icc_profile") or header.icc
    header = replace(header, icc=icc, inks=image.mode == "CMYK")
    notes = _notes(header)
    pixels, moved = _in_srgb(image, icc, header.inks)
    if moved:
        notes += (say("intake.note.colours"),)
    del image  # at 40 megapixels it weighs 160 MB
    pixels = turn(pixels, orientation)
    kind, made = as_stored(pixels, header, data, orientation in SIDEWAYS)
    if kind != header.kind:
        notes += (say("intake.note.kind", old=header.kind.upper(), new=kind.upper()),)
    if pixels.mode == "RGBA" and pixels.getchannel("A").getextrema()[1] == 0:
        notes += (say("intake.note.clear"),)
    if header.bits > 8:
        notes += (say("intake.note.bits", bits=header.bits),)
    lossless = kind == "png" or (kind == "webp" and header.lossless)
    stored = replace(header, kind=kind, width=pixels.width, height=pixels.height, lossless=lossless)
    return _taken(name, replace(stored, alpha=pixels.mode == "RGBA"), made, notes)


def _in_srgb(image: Image.Image, icc: bytes, inks: bool) -> tuple[Image.Image, bool]:
    """Plain pixels in sRGB, and whether their colours had to be converted for it."""
    if image.mode == "LAB":
        return lab_to_srgb(image), True
    if icc and likeness(icc, inks) == "other":
        pixels, moved = to_srgb(image, icc)
        return pixels, moved or inks
    return plain(image), inks


def _opened(header: Read, image: Image.Image) -> Read:
    """What an AVIF or a HEIC tells once it is opened."""
    orientation, removed = 1, header.removed
    if exif := image.info.get("exif"):
        orientation, private = read_exif(exif)
        removed |= private
    if xmp := image.info.get("xmp"):
        removed |= tell_xmp(xmp)
    several = max(header.frames, getattr(image, "n_frames", 1))
    return replace(header, orientation=orientation, removed=removed, frames=several)


def _notes(header: Read) -> tuple[str, ...]:
    """What was done in any case, as words for the user."""
    lines = [removal(header.removed)]
    if header.orientation != 1:
        lines.append(say("intake.note.turned"))
    if header.frames > 1:
        lines.append(say("intake.note.first"))
    return tuple(words for words in lines if words)


def _taken(name: str, header: Read, data: bytes, notes: tuple[str, ...]) -> UploadedPicture:
    return UploadedPicture(
        name, data, header.kind, header.width, header.height, header.alpha, header.lossless,
        header.removed, notes,
    )  # fmt: skip
