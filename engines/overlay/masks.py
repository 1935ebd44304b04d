"""The parts of a caption as masks over a small canvas: plate, light, outline, letters, emoji."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from engines.overlay.block import SLANT, Block, Placed, finer, ink
from engines.overlay.fitting import Fitted
from engines.overlay.fonts import EMOJI, opened
from engines.overlay.light import faded, glow_of, shadow_of
from engines.overlay.style import Outline, Style
from engines.overlay.wrapping import Run

# Larger emoji are drawn anew each time: 64 of them would fill too much memory.
_KEPT: Final = 256.0
_CIRCLE: Final = 20


@dataclass(frozen=True)
class Ink:
    """The letters of one colour, and the light around them."""

    colour: str  # as a style says it; auto too
    letters: Image.Image
    glow: Image.Image | None = None


@dataclass(frozen=True)
class Masks:
    """Parts of one size; those the style does not have are none. All but `emoji` are mode L."""

    area: Image.Image  # the box of the text, for looking at what is behind it
    letters: Image.Image  # all of them, whatever their colour
    inks: tuple[Ink, ...]  # the first line's first
    plate: Image.Image | None = None
    shadow: Image.Image | None = None
    outline: Image.Image | None = None
    emoji: Image.Image | None = None


def draw_masks(fitted: Fitted, style: Style) -> Masks:
    """Every part of a caption, turned if the style says so, on a canvas just large enough."""
    canvas, px, plate = _canvas(fitted), fitted.block.px, style.plate
    drawn = {
        colour: _drawn(canvas.only(lines), style)
        for colour, lines in _lines_by_colour(fitted.typed, style).items()
    }
    letters = _together([each.letters for each in drawn.values()])
    outlines = [each.outline for each in drawn.values() if each.outline]
    outline = _together(outlines) if outlines else None
    shape = outline or _together([each.shape for each in drawn.values()])
    emoji = canvas.emoji()

    def finished(mask: Image.Image) -> Image.Image:
        return _turn(faded(mask, style.opacity), style.rotation)

    return Masks(
        area=_turn(canvas.panel(0, 0), style.rotation),
        letters=finished(letters),
        inks=tuple(
            Ink(colour, finished(each.letters),
                finished(glow_of(each.shape, style.glow, px)) if style.glow else None)
            for colour, each in drawn.items()
        ),
        plate=_turn(canvas.panel(plate.padding, plate.radius), style.rotation) if plate else None,
        shadow=finished(shadow_of(shape, style.shadow, px)) if style.shadow else None,
        outline=finished(outline) if outline else None,
        emoji=_turn(_see_through(emoji, style.opacity), style.rotation) if emoji else None,
    )  # fmt: skip


def _canvas(fitted: Fitted) -> _Canvas:
    """An empty sheet for a caption with all that goes beyond its letters."""
    block, reach, px = fitted.block, fitted.reach, fitted.block.px
    left, top = block.text[0] - reach.left * px, block.text[1] - reach.top * px
    right, bottom = block.text[2] + reach.right * px, block.text[3] + reach.bottom * px
    # Whole pixels, so that letters stand on the same grid wherever the caption goes.
    x0, y0 = math.floor(left), math.floor(top)
    emoji_runs = {each.run for each in block.placed if each.run.face.file == EMOJI}
    sprites = {run: _sprite(run, px) for run in emoji_runs}
    return _Canvas((math.ceil(right) - x0, math.ceil(bottom) - y0), -x0, -y0, block, sprites)


def _lines_by_colour(typed: Sequence[int], style: Style) -> dict[str, set[int]]:
    """Which lines of the block have which colour; the first line's colour comes first."""
    found: dict[str, set[int]] = {}
    for line, at in enumerate(typed):
        own = at < len(style.line_colours)
        found.setdefault(style.line_colours[at] if own else style.colour, set()).add(line)
    return found


@dataclass(frozen=True)
class _Drawn:
    """Letters of one colour, their outline, and what casts light: all of it with emoji."""

    letters: Image.Image
    outline: Image.Image | None
    shape: Image.Image


def _drawn(canvas: _Canvas, style: Style) -> _Drawn:
    letters, emoji = canvas.letters(), canvas.emoji()
    outline = canvas.outline(style.outline) if style.outline and style.outline.width else None
    shape = ImageChops.lighter(letters, emoji.getchannel("A")) if emoji else letters
    return _Drawn(letters, outline, outline or shape)


def _together(masks: Sequence[Image.Image]) -> Image.Image:
    return reduce(ImageChops.lighter, masks)


@dataclass(frozen=True)
class _Canvas:
    """An empty sheet and where the block's origin is on it."""

    size: tuple[int, int]
    x: int
    y: int
    block: Block
    sprites: dict[Run, Image.Image]

    def only(self, lines: Set[int]) -> _Canvas:
        """It with these lines of the block alone."""
        placed = tuple(each for each in self.block.placed if each.line in lines)
        return replace(self, block=replace(self.block, placed=placed))

    def letters(self) -> Image.Image:
        """All runs but emoji."""
        return self._text(0.0)

    def outline(self, outline: Outline) -> Image.Image:
        """Letters and emoji made wider all round."""
        width = outline.width / 100 * self.block.px
        mask = self._text(width)
        wide = {run: _widened(each.getchannel("A"), width) for run, each in self.sprites.items()}
        for each in self._emoji():
            grown = (wide[each.run].width - self.sprites[each.run].width) // 2
            x, y = self._corner(each)
            mask.paste(255, (x - grown, y - grown), wide[each.run])
        return mask

    def emoji(self) -> Image.Image | None:
        """The emoji in their colours on nothing, or none when there are none."""
        found = self._emoji()
        if not found:
            return None
        sheet = Image.new("RGBA", self.size)
        for each in found:
            sheet.alpha_composite(self.sprites[each.run], self._corner(each))
        return sheet

    def panel(self, padding: float, radius: float) -> Image.Image:
        """The text's box with padding and round corners, both in percent of the em."""
        pad, px = padding / 100 * self.block.px, self.block.px
        left, top, right, bottom = self.block.text
        box = (left - pad + self.x, top - pad + self.y, right + pad + self.x, bottom + pad + self.y)
        half = min(box[2] - box[0], box[3] - box[1]) / 2
        return rounded(self.size, box, min(radius / 100 * px, half))

    def _text(self, stroke: float) -> Image.Image:
        mask = Image.new("L", self.size)
        for each in self.block.placed:
            run = each.run
            if run.face.file == EMOJI or not run.text.strip():
                continue
            _draw_run(mask, run, each.x + self.x, each.y + self.y, self.block.px, stroke)
        return mask

    def _emoji(self) -> list[Placed]:
        return [each for each in self.block.placed if each.run.face.file == EMOJI]

    def _corner(self, each: Placed) -> tuple[int, int]:
        left, top, _, _ = ink(each.run, self.block.px)
        return round(each.x + left) + self.x, round(each.y + top) + self.y


def _draw_run(mask: Image.Image, run: Run, x: float, y: float, px: float, stroke: float) -> None:
    """A run with the left end of its baseline at a place of a mask; `stroke`: wider by so much."""
    times = finer(px)
    held = opened(run.face, px * times, run.weight)
    if times == 1 and not run.slanted:
        with held.lock:
            ImageDraw.Draw(mask).text(
                (x, y), run.text, 255, held.font, "ls", stroke_width=stroke, **run.shaping
            )
        return
    left, top, right, bottom = ink(run, px)
    edge = math.ceil(stroke * (1 + SLANT) if run.slanted else stroke)
    x0, y0 = math.floor(x + left) - edge, math.floor(y + top) - edge
    size = math.ceil(x + right) + edge - x0, math.ceil(y + bottom) + edge - y0
    sheet = Image.new("L", (size[0] * times, size[1] * times))
    with held.lock:
        ImageDraw.Draw(sheet).text(
            ((x - x0) * times, (round(y) - y0) * times), run.text, 255, held.font, "ls",
            stroke_width=stroke * times, **run.shaping,
        )  # fmt: skip
    if run.slanted:
        sheet = _slanted(sheet, (round(y) - y0) * times)
    mask.paste(255, (x0, y0), sheet.reduce(times))


def _slanted(sheet: Image.Image, baseline: float) -> Image.Image:
    """A sheet leaned to the right, about a height of it that stays where it is."""
    lean = (1, SLANT, -SLANT * baseline, 0, 1, 0)
    return sheet.transform(
        sheet.size, Image.Transform.AFFINE, lean, resample=Image.Resampling.BICUBIC
    )


def _sprite(run: Run, px: float) -> Image.Image:
    return _kept_sprite(run, px) if px <= _KEPT else _draw_sprite(run, px)


def _draw_sprite(run: Run, px: float) -> Image.Image:
    """One emoji on nothing, its box that of `ink`.

    Pillow draws colour onto transparent black, which leaves the colours multiplied with their
    opacity; read as such, the edges are clean.
    """
    left, top, right, bottom = ink(run, px)
    size = max(1, math.ceil(right - left)), max(1, math.ceil(bottom - top))
    sheet = Image.new("RGBA", size)
    held = opened(run.face, px, run.weight)
    with held.lock:
        ImageDraw.Draw(sheet).text(
            (-left, -top), run.text, (0, 0, 0, 255), held.font, "ls",
            embedded_color=True, **run.shaping,
        )  # fmt: skip
    return Image.frombytes("RGBa", size, sheet.tobytes()).convert("RGBA")


_kept_sprite = lru_cache(maxsize=64)(_draw_sprite)


def _widened(mask: Image.Image, width: float) -> Image.Image:
    """A mask grown by some pixels all round, with round corners, on a sheet that much larger."""
    edge = math.ceil(width) + 1
    grown = Image.new("L", (mask.width + 2 * edge, mask.height + 2 * edge))
    for step in range(_CIRCLE):
        angle = 2 * math.pi * step / _CIRCLE
        x, y = round(edge + width * math.cos(angle)), round(edge + width * math.sin(angle))
        grown.paste(255, (x, y), mask)
    grown.paste(255, (edge, edge), mask)
    return grown


def rounded(size: tuple[int, int], box: tuple[float, ...], radius: float) -> Image.Image:
    """A mask of a box with round corners and smooth edges."""
    left, top, right, bottom = (round(value) for value in box)
    mask = Image.new("L", size)
    mask.paste(255, (left, top, right, bottom))
    corner = min(round(radius), (right - left) // 2, (bottom - top) // 2)
    if corner < 1:
        return mask
    quarter = Image.new("L", (corner * 4, corner * 4))
    ImageDraw.Draw(quarter).ellipse((0, 0, corner * 8 - 1, corner * 8 - 1), fill=255)
    piece = quarter.reduce(4)
    for x, y, turn in (
        (left, top, None),
        (right - corner, top, Image.Transpose.FLIP_LEFT_RIGHT),
        (left, bottom - corner, Image.Transpose.FLIP_TOP_BOTTOM),
        (right - corner, bottom - corner, Image.Transpose.ROTATE_180),
    ):
        mask.paste(piece if turn is None else piece.transpose(turn), (x, y))
    return mask


def _see_through(picture: Image.Image, opacity: float) -> Image.Image:
    if opacity < 1:
        picture.putalpha(faded(picture.getchannel("A"), opacity))
    return picture


def _turn(picture: Image.Image, degrees: float) -> Image.Image:
    """Turned clockwise; the sheet grows with it."""
    if degrees % 360 == 0:
        return picture
    return picture.rotate(-degrees, Image.Resampling.BICUBIC, expand=True)
