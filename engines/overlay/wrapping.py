"""Text into lines: measured in ems, so that lines break alike at every size.

A paragraph is a list of atoms (graphemes with face and direction), cut into pieces that a line
never splits unless a piece alone is wider than the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final, TypedDict

from engines.overlay.breaks import is_space, may_break
from engines.overlay.direction import levels, visual
from engines.overlay.fonts import EMOJI, FEATURES, Choice, Face, choose, opened
from engines.overlay.scripts import are_joined, has_italics, is_common

# Advances are measured at this size; hinting rounds them less than at small ones.
REFERENCE: Final = 128.0
EMOJI_SIDE: Final = 0.04
_ALIKE: Final = attrgetter("face", "level", "weight", "slanted", "spacing")
# Lines are balanced up to this number; longer texts read as paragraphs.
_BALANCED: Final = 8


@dataclass(frozen=True, slots=True)
class Atom:
    """One grapheme, the face that draws it, and its bidirectional level."""

    text: str
    face: Face
    level: int
    weight: int
    slanted: bool = False  # leaned to the right when it is drawn
    spacing: float = 0.0  # free after it, in ems


@dataclass(frozen=True, slots=True)
class Lettering:
    """How the letters of a caption are chosen and set."""

    family: str  # one of fonts.FAMILIES
    weight: int
    cjk: Face  # what draws Chinese, Japanese and Korean
    italic: bool = False
    spacing: float = 0.0  # between letters, in ems


class Shaping(TypedDict):
    """What Pillow has to know to shape a run, beside its text and font."""

    direction: str
    features: list[str] | None


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours that one call draws: same face, same direction. An emoji is a run by itself, and
    so is each letter that has space after it."""

    text: str
    face: Face
    level: int
    weight: int
    slanted: bool = False
    spacing: float = 0.0

    @property
    def shaping(self) -> Shaping:
        """As Pillow wants it. Emoji are joined in logical order, so they are never turned."""
        turned = self.level % 2 and self.face.file != EMOJI
        return {
            "direction": "rtl" if turned else "ltr",
            "features": FEATURES.get(self.face.file),
        }

    @property
    def side(self) -> float:
        """Room kept free to the left and right of the run, in ems: emoji have none of their own."""
        return EMOJI_SIDE if self.face.file == EMOJI else 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Atoms from `start` to `end`, of which those from `stop` on are spaces. Widths in ems."""

    start: int
    stop: int
    end: int
    width: float
    space: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What stands between two line ends of the text."""

    atoms: tuple[Atom, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Lines of atoms, the typed line that each is part of, and whether a piece had to be split."""

    lines: tuple[tuple[Atom, ...], ...]
    broken: bool
    typed: tuple[int, ...]


def paragraphs(
    lines: Sequence[Sequence[str]], lettering: Lettering
) -> tuple[list[Paragraph], list[str]]:
    """Each line of graphemes as a paragraph ready to wrap, and the graphemes no font has."""
    found, missing = [], dict[str, None]()
    for line in lines:
        choices = [choose(each, lettering.family, lettering.cjk) for each in line]
        missing.update((each, None) for each, one in zip(line, choices, strict=True) if not one.has)
        atoms = _atoms(line, choices, lettering)
        found.append(Paragraph(atoms, tuple(_pieces(line, atoms))))
    return found, list(missing)


def _atoms(
    line: Sequence[str], choices: Sequence[Choice], lettering: Lettering
) -> tuple[Atom, ...]:
    """A space keeps the face before it where that has spaces, so that runs stay long."""
    _, found = levels(line)
    atoms: list[Atom] = []
    for text, one, level in zip(line, choices, found, strict=True):
        face, before = one.face, atoms[-1] if atoms else None
        if text == " " and before and before.face.file != EMOJI and before.level == level:
            face = before.face
        slanted = lettering.italic and _slants(text, face, before)
        spacing = lettering.spacing and _spacing(text, before, lettering.spacing)
        atoms.append(Atom(text, face, level, lettering.weight, slanted, spacing))
    return tuple(_kerned(atoms) if lettering.spacing else atoms)


def _kerned(atoms: Sequence[Atom]) -> Iterator[Atom]:
    """Letters set one by one, as near to each other as the font sets them together."""
    for before, after in zip(atoms, [*atoms[1:], None], strict=True):
        alike = after is not None and before.level == after.level and before.face == after.face
        if after and alike and before.spacing and before.face.file != EMOJI and not before.level:
            kern = _kern(before.text, after.text, before.face, before.weight)
            yield replace(before, spacing=before.spacing + kern)
        else:
            yield before


@lru_cache(maxsize=4096)
def _kern(first: str, second: str, face: Face, weight: int) -> float:
    """By how much a font moves two letters apart, in ems; nearer is below zero."""
    held = opened(face, REFERENCE, weight)
    apart: list[str] = [*FEATURES.get(face.file, ()), "-liga", "-clig"]
    with held.lock:
        both, one, other = (
            held.font.getlength(text, features=apart) for text in (first + second, first, second)
        )
    return (both - one - other) / REFERENCE


def _slants(text: str, face: Face, before: Atom | None) -> bool:
    """Whether a grapheme of an italic caption is slanted."""
    if face.file == EMOJI:
        return False
    if is_common(text):
        return before is None or before.slanted or before.face.file == EMOJI
    return has_italics(text)


def _spacing(text: str, before: Atom | None, spacing: float) -> float:
    """The space after a grapheme, in ems; a space in a joined script stays with it."""
    if text == " " and before:
        return before.spacing
    return 0.0 if are_joined(text) else spacing


def _pieces(line: Sequence[str], atoms: Sequence[Atom]) -> Iterator[Piece]:
    start = 0
    for at, may in enumerate(may_break(line)):
        if may:
            end = at + 1
            stop = end
            while stop > start and is_space(line[stop - 1]):
                stop -= 1
            width, space = advance(atoms[start:stop]), advance(atoms[stop:end])
            yield Piece(start, stop, end, width, space)
            start = end


def runs(atoms: Iterable[Atom]) -> Iterator[Run]:
    """The same atoms as runs, in logical order."""
    for alike, group in groupby(atoms, _ALIKE):
        face, _, _, _, spacing = alike
        texts = [each.text for each in group]
        for text in texts if spacing or face.file == EMOJI else ["".join(texts)]:
            yield Run(text, *alike)


def in_visual_order(line: Sequence[Atom]) -> list[Run]:
    """The runs of one line from left to right."""
    found = list(runs(line))
    return [found[at] for at in visual([each.level for each in found])]


def advance(atoms: Iterable[Atom]) -> float:
    """Width of neighbouring atoms in ems."""
    return sum(_width(each) for each in runs(atoms))


@lru_cache(maxsize=8192)
def _width(run: Run) -> float:
    held = opened(run.face, REFERENCE, run.weight)
    with held.lock:
        length = held.font.getlength(run.text, **run.shaping) / REFERENCE
    return length + 2 * run.side + run.spacing


def wrap(text: Sequence[Paragraph], width: float) -> Wrapped:
    """The text in lines no wider than `width` ems, filled from the top."""
    lines: list[tuple[Atom, ...]] = []
    typed: list[int] = []
    broken = False
    for at, paragraph in enumerate(text):
        slices, split = _fill(paragraph, width)
        lines += [paragraph.atoms[start:stop] for start, stop in slices]
        typed += [at] * len(slices)
        broken = broken or split
    return Wrapped(tuple(lines), broken, tuple(typed))


def balanced(text: Sequence[Paragraph], width: float) -> Wrapped:
    """As `wrap`, with lines of like length: the narrowest block of the same number of lines."""
    best = wrap(text, width)
    if best.broken or not 1 < len(best.lines) <= _BALANCED:
        return best
    low, high = width / len(best.lines), width
    for _ in range(7):
        middle = (low + high) / 2
        tried = wrap(text, middle)
        if len(tried.lines) == len(best.lines) and not tried.broken:
            best, high = tried, middle
        else:
            low = middle
    return best


def _fill(paragraph: Paragraph, width: float) -> tuple[list[tuple[int, int]], bool]:
    """Atom positions at which each line of a paragraph starts and stops."""
    slices: list[tuple[int, int]] = []
    start = stop = 0
    used = 0.0
    broken = False
    for piece in paragraph.pieces:
        if used + piece.width > width and stop > start:
            slices.append((start, stop))
            start, used = piece.start, 0.0
        if piece.width > width:
            starts, used = _split(paragraph.atoms, piece, width)
            slices += pairwise(starts)
            start = starts[-1]
            broken = True
        else:
            used += piece.width
        stop = piece.stop
        used += piece.space
    slices.append((start, stop))
    return slices, broken


def _split(atoms: Sequence[Atom], piece: Piece, width: float) -> tuple[list[int], float]:
    """Where the lines of a piece wider than a line begin, and how much the last one fills."""
    widths = [_width(Run(atom.text, *_ALIKE(atom))) for atom in atoms[piece.start : piece.stop]]
    # Joined letters are narrower than the same letters alone.
    share = piece.width / (sum(widths) or 1.0)
    starts, used = [piece.start], 0.0
    for at, one in enumerate(widths, piece.start):
        if used + one * share > width and used > 0:
            starts.append(at)
            used = 0.0
        used += one * share
    return starts, used
