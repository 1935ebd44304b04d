"""Text on a picture, on this machine: any language, any emoji, several captions at once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from providers.http.client import Access
from providers.local.files import AS_IT_IS, check_length, in_format, opened, stored
from providers.params import output_format, style, wishes
from providers.schema import Done, GenerationRequest, Model, Picture, Price, Slot, Task


def write_text(request: GenerationRequest, access: Access) -> Done:
    """Write the prompt on the picture, which keeps its size and its format.

    Wishes are laid over the style. What was not understood of them, and what became of the text,
    is told as warnings.
    """
    # Late: numpy is needed only when somebody writes.
    from engines.overlay import several
    from engines.overlay.fitting import MARGIN
    from engines.overlay.reading import read_json
    from engines.wishes import parse
    from engines.wishes.saying import unknown_line
    from engines.wishes.several import lay_over
    from engines.wishes.styling import Sheet

    picture = request.pictures[0]
    image = opened(picture).image
    wide, high = image.size
    parts = several.read_parts(read_json(str(request.settings.get("style") or "{}")))
    wished = parse(str(request.settings.get("wishes") or ""))
    sheet = Sheet(wide, high, MARGIN * min(wide, high))
    parts = lay_over(wished.captions, parts, sheet)
    drawn, told = several.write(image, request.prompt, parts, own=True)
    del image
    notes = [note for each in told for note in each.notes]
    if wished.unknown:
        notes.insert(0, unknown_line(wished.unknown))
    kind = _kind(request)
    data, lost = in_format(drawn, kind) if kind else (stored(drawn, picture), ())
    warnings = tuple(dict.fromkeys([*wished.notes, *notes, *lost]))
    return Done((Picture(data=data),), warnings=warnings)


def takes(request: GenerationRequest) -> None:
    """Raises `InvalidInput` for a picture too long for the format that is asked for."""
    for picture in request.pictures:
        check_length(max(picture.width, picture.height), _kind(request))


def _kind(request: GenerationRequest) -> str:
    """The format that is asked for; "" for the picture's own."""
    return str(request.settings.get("output_format", ""))


TEXT = Model(
    id="local/text",
    title="Captions",
    endpoint="text",
    task=Task.TEXT_OVERLAY,
    params=(wishes(), style(), output_format(("png", "jpeg", "webp"))),
    price=Price(usd=Decimal(0), note="drawn on this machine"),
    limits=replace(AS_IT_IS, prompt=20_000),
    slots=(Slot("picture", "picture"),),
    languages=("*",),
    licence="As your picture allows; the fonts are under the SIL OFL.",
    notes="Draws the text itself, letter by letter, so that no word comes out wrong. The picture "
    "keeps its size and its format.",
    source="Easel's own engine",
    seconds=120,
    takes=takes,
)
