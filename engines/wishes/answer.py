"""A language model's reading of a wish: a style as JSON, checked before anything follows it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from PIL.ImageColor import getrgb

from engines.overlay.reading import read_known
from engines.overlay.several import MOST, read_role
from engines.overlay.style import AUTO
from engines.wishes.parse import CaptionWish, Parsed
from errors import InvalidInput
from i18n import say

LONGEST: Final = 20_000
"""Characters of an answer that are read; a style with twelve captions has a quarter of them."""
_MOST_NAMED: Final = 8
# Many models put their JSON between such marks, though they are told not to.
_FENCED: Final = re.compile(r"```(?:json)?[ \t]*\r?\n(.*)\r?\n```", re.DOTALL | re.IGNORECASE)


def read_answer(text: str) -> Parsed:
    """What an answer says, as if it had been wished for in our own words.

    The answer is a JSON object, one style or `{"captions": [...]}`, with only what was wished for.
    Fields that no style has are left out, which is noted. Raises `InvalidInput`, with a sentence
    for the user, for anything else and for a value that a field cannot take.
    """
    data = _object(text)
    rows, left_out = [data], list[str]()
    if "captions" in data:
        left_out += [str(name) for name in data if name != "captions"]
        rows = data["captions"]
        if not isinstance(rows, list) or not 1 <= len(rows) <= MOST:
            raise _wrong(say("caption.several", most=MOST))
    captions = []
    for number, row in enumerate(rows, 1):
        try:
            role, style = read_role(row, number) if "captions" in data else ("", row)
            settings, unknown = read_known(style)
        except InvalidInput as error:
            raise _wrong(str(error)) from error
        left_out += unknown
        if settings:
            captions.append(CaptionWish(role.lower(), _plain(settings)))
    if not captions:
        raise InvalidInput(say("wishes.answer.empty"), field="wishes")
    return Parsed(tuple(captions), (), _notes(left_out))


def _object(text: str) -> Mapping[str, Any]:
    """The answer's only object. Prose around it is refused: it may take back what the JSON says."""
    if len(text) > LONGEST:
        message = say("wishes.answer.long", count=f"{len(text):,}", most=f"{LONGEST:,}")
        raise InvalidInput(message, field="wishes")
    bare = text.strip()
    fenced = _FENCED.fullmatch(bare)
    try:
        data = json.loads(fenced[1] if fenced else bare)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(say("wishes.answer.json"), field="wishes") from error
    if not isinstance(data, dict):
        raise InvalidInput(say("wishes.answer.json"), field="wishes")
    return data


def _plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as wishes give them: colours as #rrggbb, lists as lists."""
    return {
        name: _plain(value)
        if isinstance(value, Mapping)
        else [_code(each) for each in value]
        if name == "line_colours"
        else _code(value)
        if name == "colour"
        else value
        for name, value in settings.items()
    }


def _code(colour: str) -> str:
    """A style's colour as #rrggbb; auto as it is."""
    return colour if colour == AUTO else "#{:02x}{:02x}{:02x}".format(*getrgb(colour)[:3])


def _notes(left_out: list[str]) -> tuple[str, ...]:
    names = ", ".join([*dict.fromkeys(left_out)][:_MOST_NAMED])
    return (say("wishes.answer.left_out", names=names),) if names else ()


def _wrong(why: str) -> InvalidInput:
    return InvalidInput(say("wishes.answer.wrong", why=why), field="wishes")
