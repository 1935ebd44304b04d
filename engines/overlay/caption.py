"""Captions on pictures: any language, any emoji, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex
from PIL import Image

from engines.overlay import contrast
from engines.overlay.cleaning import clean
from engines.overlay.contrast import GOOD, RGB, Pixels
from engines.overlay.fitting import Fitted, Frame, fit
from engines.overlay.fonts import cjk_face
from engines.overlay.light import faded, softened
from engines.overlay.masks import Masks, draw_masks
from engines.overlay.painting import DRAWN, cut, is_grey, lay, lay_picture, own_copy, put_back
from engines.overlay.placing import Box, place
from engines.overlay.reading import checked
from engines.overlay.scripts import are_joined
from engines.overlay.style import Style
from engines.overlay.wrapping import Lettering, Paragraph, paragraphs
from i18n import say

PREVIEW: Final = 900
# From this width on, in percent of the em, an outline is what the letters are read against.
_CARRIES: Final = 3.0
# Grey becomes colour where something with colour is drawn, without a word: nothing of it is lost.
UNTOLD: Final = ("L", "LA")


@dataclass(frozen=True)
class Told:
    """What became of one caption. `box` is left, top, right, bottom of all that was drawn, in
    pixels; `px` the letters' size; `contrast` 1 to 21, by WCAG, for nine tenths of the text."""

    box: Box
    px: float
    colour: str
    contrast: float
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Captioned(Told):
    """A picture with its caption, and what became of it."""

    image: Image.Image


def caption(image: Image.Image, text: str, style: Style) -> Captioned:
    """Write a caption on a copy of a picture, of the same size, RGB or RGBA; a grey one stays grey
    where nothing with colour is drawn on it.

    Raises `InvalidInput`, with a sentence for the user, for a text that is blank, longer than
    20,000 characters or too much for the picture, for a style's wrong value, and for Chinese,
    Japanese or Korean without their font.
    """
    drawn, (told,) = captions(image, [(text, style)])
    return Captioned(**vars(told), image=drawn)


def captions(
    image: Image.Image,
    wanted: Sequence[tuple[str, Style]],
    scale: float = 1.0,
    own: bool = False,
) -> tuple[Image.Image, tuple[Told, ...]]:
    """Write several captions on a copy of a picture, in order; later ones stand on top.

    `scale` is the picture's size as a share of the one meant, for previews: lengths in pixels
    shrink with it. `own`: the picture is nobody else's and is drawn on itself.
    """
    drawn = own_copy(image, own)
    notes: tuple[str, ...] = ()
    if image.mode not in UNTOLD and drawn.mode != image.mode:
        notes = (say("note.caption.mode", mode=image.mode, drawn=drawn.mode),)
    told = tuple(_write(drawn, text, checked(style), scale, notes) for text, style in wanted)
    if image.mode in UNTOLD and all(is_grey(drawn, each.box) for each in told):
        drawn = drawn.convert(image.mode)
    return drawn, told


def preview(
    image: Image.Image, wanted: Sequence[tuple[str, Style]], side: int = PREVIEW
) -> tuple[Image.Image, tuple[Told, ...]]:
    """The same captions on a small copy of the picture, its longer side `side` pixels or less."""
    small = reduced(image, side)
    return captions(small, wanted, scale=small.width / image.width)


def reduced(image: Image.Image, side: int = PREVIEW) -> Image.Image:
    """A small copy for previews, worth keeping while a caption is worked on."""
    small = own_copy(image) if max(image.size) <= side else image
    if small is not image:
        return small
    share = side / max(image.size)
    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    plain = image if image.mode in (*DRAWN, *UNTOLD) else own_copy(image)
    return plain.resize(size, Image.Resampling.BILINEAR, reducing_gap=1.0)


def _write(
    picture: Image.Image, text: str, style: Style, scale: float, notes: tuple[str, ...]
) -> Told:
    """One caption onto a picture, in place."""
    frame = Frame(picture.width, picture.height, scale)
    cleaned = clean(text.upper() if style.upper else text)
    lettering = Lettering(
        style.font, style.weight, cjk_face(text), style.italic, style.letter_spacing / 100
    )
    lines, missing = paragraphs(cleaned.lines, lettering)
    fitted = fit(lines, style, frame)
    masks = draw_masks(fitted, style)
    box = place(*masks.letters.size, style, frame)
    region = cut(picture, box)
    _lay_plate(picture, region, box, masks, style, fitted.block.px)
    behind = contrast.samples(region, masks.area)
    colours, line = _colours(style, [each.colour for each in masks.inks], behind)
    _lay_light(region, masks, style, colours)
    # The letters are read against the picture, or against a glow that makes them stand off it.
    grounds = [behind, contrast.samples(region, masks.letters)] if style.glow else [behind]
    _lay_letters(region, masks, colours, line)
    put_back(picture, region, box[:2])
    read = max(min(_contrast(style, each, line, ground) for each in colours) for ground in grounds)
    colour = colours[0]
    said = [*notes, *cleaned.notes, *_notes(fitted, missing, scale), *_set_notes(lines, style)]
    if read < GOOD and masks.letters.getbbox():
        said.append(say("note.caption.contrast", ratio=f"{read:.1f}"))
    return Told(box, fitted.block.px, contrast.as_hex(colour), round(read, 2), tuple(said))


def _lay_plate(
    picture: Image.Image, region: Image.Image, box: Box, masks: Masks, style: Style, px: float
) -> None:
    """The panel behind the text, if the style has one."""
    if not (style.plate and masks.plate):
        return
    if style.plate.blur:
        frosted = _frosted(picture, box, style.plate.blur / 100 * px)
        region.paste(frosted, (0, 0), masks.plate)
    behind = contrast.samples(region, masks.area)
    text = contrast.named(style.colour)
    colour = contrast.named(style.plate.colour) or contrast.plate_colour(text, behind)
    if style.plate.opacity:
        lay(region, colour, faded(masks.plate, style.plate.opacity))


def _frosted(picture: Image.Image, box: Box, sigma: float) -> Image.Image:
    """What is in a box, blurred together with what is around it."""
    edge = round(2.5 * sigma) + 1
    left, top = max(0, box[0] - edge), max(0, box[1] - edge)
    right, bottom = min(picture.width, box[2] + edge), min(picture.height, box[3] + edge)
    soft = softened(cut(picture, (left, top, right, bottom)), sigma)
    return soft.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))


def _colours(style: Style, wanted: Sequence[str], behind: Pixels) -> tuple[list[RGB], RGB | None]:
    """The colours of each ink and of the outline; free ones are chosen for the picture, and the
    outline's for the first ink."""
    named = [contrast.named(each) for each in wanted]
    if not style.outline:
        free = None if all(named) else contrast.best(style.opacity, behind)
        return [each or free or contrast.WHITE for each in named], None
    line = contrast.named(style.outline.colour)
    carried = line and style.outline.width >= _CARRIES
    free = contrast.opposite(line) if carried and line else contrast.best(1, behind)
    colours = [each or free for each in named]
    return colours, line or contrast.opposite(colours[0])


def _contrast(style: Style, colour: RGB, line: RGB | None, behind: Pixels) -> float:
    """Against the picture, or against an outline wide enough to be read against."""
    read = contrast.readable(colour, style.opacity, behind)
    if line and style.outline and style.outline.width >= _CARRIES and style.opacity == 1:
        return max(read, float(contrast.ratio(colour, line)))
    return read


def _lay_light(region: Image.Image, masks: Masks, style: Style, colours: Sequence[RGB]) -> None:
    """The shadow and the glow."""
    if style.shadow and masks.shadow:
        shade = contrast.named(style.shadow.colour) or contrast.opposite(colours[0])
        lay(region, shade, masks.shadow)
    for ink, colour in zip(masks.inks, colours, strict=True):
        if style.glow and ink.glow:
            lay(region, contrast.named(style.glow.colour) or contrast.light_of(colour), ink.glow)


def _lay_letters(
    region: Image.Image, masks: Masks, colours: Sequence[RGB], line: RGB | None
) -> None:
    """Outline, letters and emoji."""
    if line and masks.outline:
        lay(region, line, masks.outline)
    for ink, colour in zip(masks.inks, colours, strict=True):
        lay(region, colour, ink.letters)
    if masks.emoji:
        lay_picture(region, masks.emoji)


def _notes(fitted: Fitted, missing: Sequence[str], scale: float) -> list[str]:
    """What the user should know of how the text was set."""
    notes = []
    px = fitted.block.px
    if not fitted.named and px < fitted.wanted * 0.97:
        sizes = {"wanted": f"{fitted.wanted / scale:.0f}", "px": f"{px / scale:.0f}"}
        notes.append(say("note.caption.smaller", **sizes))
    if fitted.broken:
        notes.append(say("note.caption.broken"))
    if missing:
        notes.append(say("note.caption.missing", letters=" ".join(missing[:5])))
    return notes


def _set_notes(text: Sequence[Paragraph], style: Style) -> list[str]:
    """What the scripts of the text and the fonts have made of italics and letter spacing."""
    atoms = [atom for line in text for atom in line.atoms if atom.text.strip()]
    letters = [atom for atom in atoms if regex.match(r"\p{L}", atom.text)]
    notes = []
    if style.italic:
        if any(atom.slanted for atom in letters):
            notes.append(say("note.caption.slanted"))
        if not all(atom.slanted for atom in letters):
            notes.append(say("note.caption.upright"))
    if style.letter_spacing and any(are_joined(atom.text) for atom in atoms):
        notes.append(say("note.caption.joined"))
    return notes
