"""Understands wishes about a caption: words in three languages in, settings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engines.wishes.attachment import attach
from engines.wishes.chunks import split
from engines.wishes.context import Context
from engines.wishes.draft import Draft, Value
from engines.wishes.pieces import Piece, read
from engines.wishes.roles import Share, name_lines, share_out
from engines.wishes.tables.kinds import Kind
from engines.wishes.tokenizer import LONGEST_WISH, tokens
from i18n import say


@dataclass(frozen=True)
class CaptionWish:
    """What was said about one caption.

    `role` is "" for what holds for every caption, "title", "date" and so on, or "line 2" and
    "line last". `settings` mirrors overlay.style.Style with only what was said: its plate,
    outline and shadow are mappings of their own, or None if unwanted. Beside Style's values there
    are lengths in pixels ("3px") where Style wants percent, and `margin`, a mapping of top,
    bottom, left, right or edge (all that the position touches) to "24px" or "10%".
    """

    role: str
    settings: Mapping[str, Value | Mapping[str, Value] | None]


@dataclass(frozen=True)
class Parsed:
    """The captions a wish speaks of, the words not understood, and what the user should know."""

    captions: tuple[CaptionWish, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...] = ()


def parse(wishes: str) -> Parsed:
    """Read wishes in English, Russian or Ukrainian, also mixed, in any order and case.

    Never fails: words it does not know come back in `unknown`. The same text always gives the
    same answer. Of a text longer than 2,000 characters the rest is not read, which is noted.
    """
    found = read(tokens(wishes))
    pieces = name_lines(found.pieces)
    chunks = split(pieces)
    drafts = [(share, _draft(share)) for share in share_out(chunks)]
    notes = [say("wishes.mended", typed=typed, read=right) for typed, right in found.mended]
    for _, draft in drafts:
        notes += [say("wishes.twice", first=first, second=second) for first, second in draft.twice]
    if len(wishes) > LONGEST_WISH:
        notes.append(say("wishes.long", count=LONGEST_WISH))
    return Parsed(_captions(drafts), tuple(_unknown(pieces)), tuple(notes))


def _draft(share: Share) -> Draft:
    draft, context = Draft(), Context()
    for chunk in share.chunks:
        attach(chunk, draft, context)
    return draft


def _captions(drafts: list[tuple[Share, Draft]]) -> tuple[CaptionWish, ...]:
    """The captions about which something was said. "Title and date in white" tells of both."""
    result: list[CaptionWish] = []
    waiting: list[str] = []
    for share, draft in drafts:
        settings = draft.finished()
        if not settings:
            if share.role:
                waiting.append(share.role)
            continue
        result += [CaptionWish(role, settings) for role in waiting]
        waiting = []
        result.append(CaptionWish(share.role, settings))
    return tuple(result)


def _unknown(pieces: list[Piece]) -> list[str]:
    """Words that changed nothing, in the order they were said."""
    return [piece.text for piece in pieces if not piece.used and piece.kind is not Kind.FILLER]
