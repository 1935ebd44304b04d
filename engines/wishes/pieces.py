"""A wish as a row of meanings: each piece says what it is, and which words it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from engines.wishes.lexicon import Entry, find, is_known, mend
from engines.wishes.mixing import ALONE, rgb_code, shaded, short_hex
from engines.wishes.tables.grammar import RELATIVE
from engines.wishes.tables.kinds import Kind
from engines.wishes.tokenizer import Token

MOST_WORDS: Final = 10
"""Words of the longest phrase of the tables, with room for one."""
MOST_MENDED: Final = 60
"""Unknown words that are looked up for misspelling; a wish has fewer, noise has more."""
_BREAKS: Final = frozenset(",;.!?\n/(")
_UNITS: Final = {"%": "%", "°": "°"}


@dataclass
class Piece:
    """One meaning in a wish."""

    # What it is; None for an unknown word.
    kind: Kind | None
    # Which of its kind: a row of the tables.
    value: str
    # The words it was, in small letters.
    text: str
    # Of a number its amount.
    number: float = 0.0
    # Of a number its unit: "px", "%", "°" or "".
    unit: str = ""
    # Whether it has changed something, or need not.
    used: bool = False
    # Its place in the wish.
    at: int = 0
    # Whether an article stands before it.
    led: bool = False


@dataclass(frozen=True)
class Read:
    """The pieces of a wish, and each misspelled word with the word it was taken for."""

    pieces: list[Piece]
    mended: list[tuple[str, str]]


def read(tokens: list[Token]) -> Read:
    """Look every token up, join numbers with units and shades with colours."""
    tokens, mended = _mend(tokens)
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        piece, taken = _READERS[tokens[at].kind](tokens, at)
        if piece is not None:
            pieces.append(piece)
        at += taken
    return Read(_with_shades(_with_units(_with_edges(pieces))), mended)


def _mend(tokens: list[Token]) -> tuple[list[Token], list[tuple[str, str]]]:
    mended: dict[str, str | None] = {}
    result = []
    for token in tokens:
        word = token.plain
        if token.kind == "word" and not is_known(word):
            if word not in mended and len(mended) < MOST_MENDED:
                mended[word] = mend(word)
            token = replace(token, plain=mended.get(word) or word)
        result.append(token)
    return result, [(word, right) for word, right in mended.items() if right]


def _read_word(tokens: list[Token], at: int) -> tuple[Piece | None, int]:
    """A word or phrase; hyphens inside a phrase do not matter."""
    words: list[str] = []
    taken: list[int] = []
    end = at
    while end < len(tokens) and len(words) < MOST_WORDS:
        token = tokens[end]
        if token.kind == "word":
            words.append(token.plain)
            taken.append(end)
        elif not _is_hyphen(tokens, end):
            break
        end += 1
    found = find(words)
    if found is None:
        return Piece(None, "", tokens[at].text), 1
    entry, count = found
    last = taken[count - 1]
    text = " ".join(tokens[index].text for index in taken[:count])
    return _piece(entry, text), last - at + 1


def _piece(entry: Entry, text: str) -> Piece:
    number = float(entry.value) if entry.kind is Kind.NUMBER else 0.0
    return Piece(entry.kind, entry.value, text, number)


def _is_hyphen(tokens: list[Token], at: int) -> bool:
    """Whether a sign is a hyphen with nothing between it and the words at both sides."""
    if tokens[at].text != "-" or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    return before.end == tokens[at].start and after.start == tokens[at].end


def _read_number(tokens: list[Token], at: int) -> tuple[Piece | None, int]:
    text = tokens[at].text
    minus = at > 0 and tokens[at - 1].text in "-–" and tokens[at - 1].end == tokens[at].start
    glued = minus and at > 1 and tokens[at - 2].end == tokens[at - 1].start
    parts = _fraction(tokens, at)
    if parts is not None:
        return Piece(Kind.NUMBER, text, f"{text}/{parts}", float(text) / parts * 100, "%"), 3
    number = float(text.replace(",", "."))
    return Piece(Kind.NUMBER, text, text, -number if minus and not glued else number), 1


def _fraction(tokens: list[Token], at: int) -> int | None:
    """The 10 of "1/10" and the like, which is a share of the picture; none for anything else."""
    near = tokens[at : at + 3]
    whole = [each.kind for each in near] == ["number", "sign", "number"] and near[1].text == "/"
    if not whole or near[0].end != near[1].start or near[1].end != near[2].start:
        return None
    first, second = near[0].text, near[2].text
    if not (first.isdecimal() and second.isdecimal() and 0 < int(first) < int(second) <= 100):
        return None
    return int(second)


def _read_hex(tokens: list[Token], at: int) -> tuple[Piece | None, int]:
    code = short_hex(tokens[at].text)
    return Piece(Kind.COLOUR if code else None, code or "", tokens[at].text), 1


def _read_rgb(tokens: list[Token], at: int) -> tuple[Piece | None, int]:
    code = rgb_code(tokens[at].text)
    return Piece(Kind.COLOUR if code else None, code or "", tokens[at].text), 1


def _read_sign(tokens: list[Token], at: int) -> tuple[Piece | None, int]:
    sign = tokens[at].text
    if sign in _UNITS:
        return Piece(Kind.UNIT, _UNITS[sign], sign), 1
    if sign in ":—–":
        return Piece(Kind.FILLER, ":", sign), 1
    if sign in _BREAKS:
        return Piece(Kind.BREAK, sign, sign), 1
    return None, 1


_READERS: Final[dict[str, Callable[[list[Token], int], tuple[Piece | None, int]]]] = {
    "word": _read_word,
    "number": _read_number,
    "hex": _read_hex,
    "rgb": _read_rgb,
    "sign": _read_sign,
}


def _with_edges(pieces: list[Piece]) -> list[Piece]:
    """ "Above the bottom" and "ниже верха" measure from that edge, as "from" does."""
    for at, piece in enumerate(pieces):
        if piece.kind in (Kind.PLACE, Kind.MOVE) and piece.text in RELATIVE:
            following = next((p for p in pieces[at + 1 :] if p.kind is not Kind.FILLER), None)
            if following is not None and following.kind is Kind.PLACE:
                piece.kind = Kind.FROM
    return pieces


def _with_units(pieces: list[Piece]) -> list[Piece]:
    """Numbers joined with the unit that follows."""
    result: list[Piece] = []
    for piece in pieces:
        before = result[-1] if result else None
        if piece.kind is Kind.UNIT and before and before.kind is Kind.NUMBER and not before.unit:
            ems = piece.value == "em"  # of letters, whose lengths are in percent of the em
            number, unit = (before.number * 100, "%") if ems else (before.number, piece.value)
            text = f"{before.text}{piece.text}"
            result[-1] = replace(before, number=number, unit=unit, text=text)
        else:
            result.append(replace(piece, kind=None) if piece.kind is Kind.UNIT else piece)
    return result


def _with_shades(pieces: list[Piece]) -> list[Piece]:
    """Dark and light joined with the colour that follows."""
    result: list[Piece] = []
    for piece in pieces:
        before = result[-1] if result else None
        if before is not None and before.kind is Kind.SHADE:
            if piece.kind is Kind.COLOUR and piece.value != "auto":
                code = shaded(before.value, piece.value)
                result[-1] = replace(piece, value=code, text=f"{before.text} {piece.text}")
                continue
            result[-1] = _alone(before)
        result.append(piece)
    if result and result[-1].kind is Kind.SHADE:
        result[-1] = _alone(result[-1])
    return result


def _alone(shade: Piece) -> Piece:
    """A shade with no colour after it: a dark or light grey, or nothing known."""
    if shade.value in ALONE:
        return replace(shade, kind=Kind.COLOUR, value=ALONE[shade.value])
    return replace(shade, kind=None)
