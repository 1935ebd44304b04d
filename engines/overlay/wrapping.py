"""Text into lines: measured in ems, so that lines break alike at every size.

A paragraph is a list of atoms (graphemes with face and direction), cut into pieces that a line
never splits unless a piece alone is wider than the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final, TypedDict

from engines.overlay.breaks import is_space, may_break
from engines.overlay.direction import levels, visual
from engines.overlay.fonts import EMOJI, FEATURES, Choice, Face, choose, opened

# Advances are measured at this size; hinting rounds them less than at small ones.
REFERENCE: Final = 128.0
EMOJI_SIDE: Final = 0.04
# Lines are balanced up to this number; longer texts read as paragraphs.
_BALANCED: Final = 8


@dataclass(frozen=True, slots=True)
class Atom:
    """One grapheme, the face that draws it, and its bidirectional level."""

    text: str
    face: Face
    level: int
    weight: int


class Shaping(TypedDict):
    """What Pillow has to know to shape a run, beside its text and font."""

    direction: str
    features: list[str] | None


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours that one call draws: same face, same direction. An emoji is a run by itself."""

    text: str
    face: Face
    level: int
    weight: int

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
    """Lines of atoms, and whether a piece had to be split."""

    lines: tuple[tuple[Atom, ...], ...]
    broken: bool


def paragraphs(
    lines: Sequence[Sequence[str]], family: str, weight: int, cjk: Face
) -> tuple[list[Paragraph], list[str]]:
    """Each line of graphemes as a paragraph ready to wrap, and the graphemes no font has."""
    found, missing = [], dict[str, None]()
    for line in lines:
        choices = [choose(each, family, cjk) for each in line]
        missing.update((each, None) for each, one in zip(line, choices, strict=True) if not one.has)
        atoms = _atoms(line, choices, weight)
        found.append(Paragraph(atoms, tuple(_pieces(line, atoms))))
    return found, list(missing)


def _atoms(line: Sequence[str], choices: Sequence[Choice], weight: int) -> tuple[Atom, ...]:
    """A space keeps the face before it where that has spaces, so that runs stay long."""
    _, found = levels(line)
    atoms: list[Atom] = []
    for text, one, level in zip(line, choices, found, strict=True):
        face = one.face
        if text == " " and atoms and atoms[-1].face.file != EMOJI and atoms[-1].level == level:
            face = atoms[-1].face
        atoms.append(Atom(text, face, level, weight))
    return tuple(atoms)


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
    for (face, level, weight), group in groupby(atoms, attrgetter("face", "level", "weight")):
        texts = [each.text for each in group]
        for text in texts if face.file == EMOJI else ["".join(texts)]:
            yield Run(text, face, level, weight)


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
        return held.font.getlength(run.text, **run.shaping) / REFERENCE + 2 * run.side


def wrap(text: Sequence[Paragraph], width: float) -> Wrapped:
    """The text in lines no wider than `width` ems, filled from the top."""
    lines: list[tuple[Atom, ...]] = []
    broken = False
    for paragraph in text:
        slices, split = _fill(paragraph, width)
        lines += [paragraph.atoms[start:stop] for start, stop in slices]
        broken = broken or split
    return Wrapped(tuple(lines), broken)


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
    widths = [
        _width(Run(atom.text, atom.face, atom.level, atom.weight))
        for atom in atoms[piece.start : piece.stop]
    ]
    # Joined letters are narrower than the same letters alone.
    share = piece.width / (sum(widths) or 1.0)
    starts, used = [piece.start], 0.0
    for at, one in enumerate(widths, piece.start):
        if used + one * share > width and used > 0:
            starts.append(at)
            used = 0.0
        used += one * share
    return starts, used
