"""Holds each value of a call against the part of the page it belongs to, before a handler runs.

Texts are measured before anything reads them. What an endpoint's parameter means is decided by
the studio; here it is of the right kind and of a bearable size. A listener of the page is given
only what its part could hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import gradio as gr

from errors import InvalidInput
from i18n import say
from providers.catalogue import MODELS
from studio.prompts.choices import bars_between_braces

# No model reads more than this; a quick line and its settings may stand behind the prompt.
LONGEST_PROMPT: Final = max(row.limits.prompt for row in MODELS.values())
LONGEST_TEXT: Final = LONGEST_PROMPT + 4_000
LONGEST_ALL: Final = 4 * LONGEST_TEXT
LONGEST_CHOICE: Final = 1_000  # what a list offers, a colour, a size
LONGEST_PATH: Final = 4_096
MOST_CHOICES: Final = 200
MOST_ITEMS: Final = 200

TEXTS = (gr.Textbox, gr.Code, gr.Markdown, gr.HTML)
FILES = (gr.Image, gr.Gallery, gr.ImageSlider, gr.File, gr.UploadButton, gr.DownloadButton)
LISTS = (gr.Radio, gr.Dropdown, gr.CheckboxGroup)


def check_values(fn: Any, values: list[Any]) -> None:
    """Raise `InvalidInput` unless a function can be given these values, one for each of its
    inputs. Values of a State are not looked at: gradio takes its own."""
    total, public = 0, fn.api_visibility == "public"
    for block, value in zip(fn.inputs, values, strict=False):
        if block.stateful:
            continue
        name = name_of(block)
        total += _measure(name, value, LONGEST_PATH if isinstance(block, FILES) else LONGEST_TEXT)
        if total > LONGEST_ALL:
            raise InvalidInput(say("value.long.all", count=total, most=LONGEST_ALL), field=name)
        if value is not None:
            _check_kind(block, name, value, public)


def name_of(block: Any) -> str:
    """What a part is called in a sentence: its parameter's name, or its label on the page."""
    return str(getattr(block, "label", None) or type(block).__name__.lower())


def _measure(name: str, value: Any, most: int) -> int:
    """How many characters a value has in all. Raises `InvalidInput` where one of its texts, its
    lists or its choices between braces are too many."""
    total = 0
    for each in _walk(value):
        if isinstance(each, str):
            total += len(each)
            if len(each) > most:
                raise InvalidInput(say("value.long", name=name, count=len(each), most=most))
            _check_choices(name, each)
        elif len(each) > MOST_ITEMS:
            raise InvalidInput(say("value.list", name=name, count=len(each), most=MOST_ITEMS))
    return total


def _check_choices(name: str, text: str) -> None:
    """Choices are read one inside the other; a text full of them holds the loop for seconds."""
    if text.count("|") <= MOST_CHOICES or "{" not in text:
        return
    bars = bars_between_braces(text)
    if bars > MOST_CHOICES:
        raise InvalidInput(say("value.choices", name=name, count=bars, most=MOST_CHOICES))


def _walk(value: Any) -> Iterator[Any]:
    """Every text, list and object in a value; the body's depth is bounded."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        yield value
        for each in value if isinstance(value, list) else (*value, *value.values()):
            yield from _walk(each)


def _check_kind(block: Any, name: str, value: Any, public: bool) -> None:
    if isinstance(block, gr.Number | gr.Slider):
        _check_number(block, name, value, public)
    elif isinstance(block, gr.Checkbox):
        if not isinstance(value, bool) and not (public and isinstance(value, str | int)):
            raise InvalidInput(say("value.flag", name=name, value=_shown(value)), field=name)
    elif isinstance(block, LISTS):
        _check_choice(block, name, value)
    elif isinstance(block, TEXTS):
        if isinstance(value, bool | list | dict) or not (public or isinstance(value, str)):
            raise InvalidInput(say("value.text", name=name, value=_shown(value)), field=name)
    elif isinstance(block, FILES):
        if not public and not _is_file(value):
            raise InvalidInput(say("value.file", name=name), field=name)
    elif isinstance(block, gr.Button) and not isinstance(value, str):
        raise InvalidInput(say("value.text", name=name, value=_shown(value)), field=name)


def _check_number(block: Any, name: str, value: Any, public: bool) -> None:
    if isinstance(value, str) and public:
        return  # the studio says what is wrong with it, in the parameter's own bounds
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidInput(say("value.number", name=name, value=_shown(value)), field=name)
    if isinstance(block, gr.Slider) and not block.minimum <= value <= block.maximum:
        shown = {"name": name, "value": _shown(value)}
        least_most = {"least": block.minimum, "most": block.maximum}
        raise InvalidInput(say("value.between", **shown, **least_most), field=name)


def _check_choice(block: Any, name: str, value: Any) -> None:
    """One choice, or several where the part takes several. What a list offers changes with the
    model, so only one that never changes is held against its choices."""
    several = isinstance(block, gr.CheckboxGroup) or bool(getattr(block, "multiselect", False))
    chosen = value if isinstance(value, list) and several else [value]
    for each in chosen:
        plain = isinstance(each, str | int | float)
        if not plain or (isinstance(each, str) and len(each) > LONGEST_CHOICE):
            raise InvalidInput(say("value.choice", name=name, value=_shown(each)), field=name)
        fixed = getattr(block, "easel_fixed", False)
        if fixed and each not in [choice for _, choice in block.choices]:
            raise InvalidInput(say("value.choice", name=name, value=_shown(each)), field=name)


def _is_file(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_file, value))
    return isinstance(value, str | dict)


def _shown(value: Any) -> str:
    """A value as a sentence repeats it: short, and nothing of what stands inside it."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    return repr(value)[:40]


def fix_choices(blocks: gr.Blocks) -> None:
    """Mark the lists that no listener changes: they are held against their choices."""
    changed = {id(block) for fn in blocks.fns.values() for block in fn.outputs}
    for block in blocks.blocks.values():
        if isinstance(block, LISTS) and block.choices:
            own = getattr(block, "allow_custom_value", False)
            block.easel_fixed = id(block) not in changed and not own
