"""The colours of the lines of one caption: "lines in white, yellow and red"."""

from __future__ import annotations

from typing import Final

from engines.wishes.chunks import Chunk
from engines.wishes.context import Context
from engines.wishes.draft import Draft
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind

MOST: Final = 20
"""Lines that have a colour of their own; as overlay.style has it."""


def attach_line_colours(chunk: Chunk, pieces: list[Piece], draft: Draft, context: Context) -> None:
    """Colours after "lines in" go to the lines in their order, as long as nothing else comes."""
    word = next((p for p in pieces if (p.kind, p.value) == (Kind.MEASURE, "line_colours")), None)
    colours = [piece for piece in pieces if piece.kind is Kind.COLOUR]
    goes_on = context.colouring and chunk.link in ("", "and") and len(colours) == len(pieces)
    context.colouring = bool(colours) and (word is not None or goes_on)
    if not context.colouring:
        return
    kept = draft.settings.get("line_colours") if goes_on else None
    codes = [*(kept if isinstance(kept, list) else ()), *(piece.value for piece in colours)]
    draft.settings["line_colours"] = codes[:MOST]
    for piece in colours:
        piece.used = True
    if word is not None:
        word.used = True
