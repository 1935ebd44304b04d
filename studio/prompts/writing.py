"""What a user asks to have a prompt written: the words, and the brief that goes with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from engines.language.detect import UNKNOWN, detect
from engines.language.names import LANGUAGE_NAMES, code_of, english_name
from engines.overlay.reading import style_schema
from engines.words.compose import style_title, style_words, styles
from engines.words.instructions import instruction
from errors import InvalidInput
from i18n import say
from providers.brief import Brief
from providers.catalogue import ALIASES, MODELS
from providers.inputs import InputPicture
from providers.schema import Model, Task
from studio.request import UserRequest, read_request
from studio.uploads import UploadedPicture

AUTO: Final = "auto"
DEFAULT_LENGTH: Final = 1000
LEAST_LENGTH, MOST_LENGTH = 100, 4000
# What a prompt may be written for.
PICTURED: Final = (Task.TEXT_TO_IMAGE, Task.IMAGE_EDIT)
# These first in the list; the others follow by name.
FIRST_LANGUAGES: Final = ("en", "ru", "uk")
ANY_MODEL: Final = "in general"
ANY_STYLE: Final = (
    "the one that the idea or the picture has; where there is none, a natural photograph"
)


def style_names() -> list[tuple[str, str]]:
    """The presets' titles and names, by title."""
    return sorted((style_title(name, "en"), name) for name in styles())


def language_names() -> list[tuple[str, str]]:
    """The languages' English names and codes, by name: those spoken here first."""
    named = sorted((english_name(code), code) for code in LANGUAGE_NAMES)
    first = [(english_name(code), code) for code in FIRST_LANGUAGES]
    return [*first, *(each for each in named if each not in first)]


def read_writing(
    idea: object,
    pictures: Sequence[UploadedPicture | InputPicture] = (),
    *,
    language: object = AUTO,
    target_model: object = None,
    style: object = None,
    length: object = None,
    temperature: object = None,
) -> UserRequest:
    """What is asked of whoever writes the prompt, to be run as `Task.PROMPT_WRITING`.

    `language`: a code or name, or "auto": the idea's, or English where the target model does not
    read that. `target_model`: an id or short name of a model that makes or changes pictures.
    `style`: one of `compose.styles()`, blank for the idea's own. `length`: least characters, 100 to
    4000, blank for 1000. The idea may be blank where there is a picture. Raises `InvalidInput`
    naming the field.
    """
    text = str(idea or "").strip()
    target = read_target(target_model)
    spoken = read_language(language, text, target)
    least, preset = _read_length(length), _read_style(style)
    brief = Brief(
        kind="write",
        told=instruction(
            "describe" if pictures else "write",
            model=target.title if target else ANY_MODEL,
            language=english_name(spoken),
            length=least,
            style=style_words(preset) if preset else ANY_STYLE,
        ),
        language=spoken,
        length=least,
        style=preset,
        target=target.id if target else "",
    )
    settings = {"temperature": temperature}
    return read_request(text, settings, pictures, Task.PROMPT_WRITING, brief)


def read_repair(text: str, clashes: Sequence[Mapping[str, Any]], before: Brief) -> UserRequest:
    """What is asked of whoever frees a prompt of what contradicts itself in it.

    `clashes`: as findings list them, {first, second, matter}. `before`: the brief that the prompt
    was written for; it keeps that one's language, style and target.
    """
    target = read_target(before.target)
    listed = [f"- “{it['first']}” and “{it['second']}” ({it['matter']})" for it in clashes]
    instructions = instruction(
        "repair",
        model=target.title if target else ANY_MODEL,
        language=english_name(before.language),
        style=style_words(before.style) if before.style else ANY_STYLE,
        contradictions="\n".join(listed),
    )
    brief = replace(before, kind="repair", told=instructions, length=len(text), parts=())
    return read_request(text, {}, (), Task.PROMPT_WRITING, brief)


def read_wish(wish: str) -> UserRequest:
    """What is asked of whoever turns a wish about a caption into a style, as JSON."""
    schema = json.dumps(style_schema(), separators=(",", ":"))
    brief = Brief("wish", instruction("wish", schema=schema))
    return read_request(wish.strip(), {}, (), Task.PROMPT_WRITING, brief)


def read_target(name: object) -> Model | None:
    """The model a prompt is for; None for blank. Raises `InvalidInput` for one there is not."""
    text = str(name or "").strip().lower()
    if text in ("", AUTO):
        return None
    ids = ALIASES.get(text, (text,))
    targets = [MODELS[each] for each in ids if each in MODELS and MODELS[each].task in PICTURED]
    if not targets:
        message = say("writing.target", name=repr(str(name)[:60]))
        raise InvalidInput(message, field="target_model")
    return targets[0]


def read_language(name: object, words: str, target: Model | None) -> str:
    """The code of the language to write in. Raises `InvalidInput` for one Easel does not know."""
    text = str(name or AUTO).strip().lower()
    if text != AUTO:
        code = code_of(text)
        if not code:
            values = {"name": repr(text[:40]), "codes": ", ".join(LANGUAGE_NAMES)}
            raise InvalidInput(say("writing.language", **values), field="language")
        return code
    spoken = detect(words)
    spoken = "en" if spoken == UNKNOWN else spoken
    if target is None or spoken in target.languages or "*" in target.languages:
        return spoken
    return "en" if "en" in target.languages else target.languages[0]


def _read_style(name: object) -> str:
    text = str(name or "").strip().lower()
    if text and text not in styles():
        values = {"name": repr(text[:40]), "names": ", ".join(styles())}
        raise InvalidInput(say("writing.style", **values), field="style")
    return text


def _read_length(value: object) -> int:
    if value is None or not str(value).strip():
        return DEFAULT_LENGTH
    try:
        number = float(str(value))
    except ValueError:
        number = 0.0
    whole = not isinstance(value, bool) and number == number // 1
    if not whole or not LEAST_LENGTH <= number <= MOST_LENGTH:
        bounds = {"least": LEAST_LENGTH, "most": MOST_LENGTH, "value": repr(str(value)[:40])}
        raise InvalidInput(say("writing.length", **bounds), field="length")
    return int(number)
