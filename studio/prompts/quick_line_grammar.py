r"""Reads a prompt and its settings from one line: `a fox | model=fal/flux-dev | size=1024x1024`.

A bar stands between the parts, in any order; `\|` is a plain bar. What stands inside braces, such
as `{red|green}`, belongs to `wildcards` and stays as it is, and so do quoted text, code and JSON.
Where a line has bars, `\=` is a plain equals sign. A line without settings is a prompt and nothing
else. Two older forms are read as well: the leading word "Изображение" before a colon or settings,
which is left out and told, and objects of JSON (see `quick_line_json`), bare or in a fenced block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Final

from engines.words.code import QUOTED, Span, code_spans, covers, joined
from studio.prompts.quick_line_json import read_object
from studio.prompts.quick_line_names import LEADING, MODEL, line_names, squeeze
from studio.prompts.quick_line_values import makes_sense, read_value

Resolve = Callable[[str], str | None]
Knows = Callable[[str], bool]

LEAD: Final = re.compile(rf"\s*({LEADING}\s*:|{LEADING})\s*", re.IGNORECASE)
PART: Final = re.compile(r"\s*([^\W\d_](?:[\w .-]{0,30}[\w.-])?)\s*(?<!\\)=(.*)", re.DOTALL)
SIGN: Final = re.compile(r"\\[{|}=]|[{|}]")
NEXT_SETTING: Final = re.compile(r"\|\s*[^\W\d_][\w .-]{0,31}=")
# The most signs of its grammar that a line may hold; with more of them a bar stands before a
# setting alone, and braces protect nothing.
MOST_SIGNS: Final = 3000


@dataclass(frozen=True)
class QuickLine:
    """A prompt, its settings by their names in Easel, and what was said but not understood.

    `unknown` holds "name=value" as it was typed: a name nobody knows, a value that cannot be
    read, an empty one, or one that a later part of the line replaced. `lead`: the leading word that
    was left out, as it was typed.
    """

    prompt: str
    settings: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    lead: str = field(default="", compare=False)


def parse(text: str, resolve: Resolve | None = None, knows: Knows | None = None) -> QuickLine:
    """Find the prompt and the settings of a line; a plain prompt comes back unchanged.

    `resolve` gives the id of a model by any of its names, None for a name it does not know;
    without it a name is taken as it is. `knows`: whether there is a model of that name; where not,
    an object of JSON keeps it. Values are not checked against a model. Never raises.
    """
    lead = LEAD.match(text)
    if lead:
        rest = text[lead.end() :]
        line = _parse(rest, resolve, knows)
        if lead[1].endswith(":") or line.settings or line.prompt != rest:
            return replace(line, lead=lead[1])
    return _parse(text, resolve, knows)


def _parse(text: str, resolve: Resolve | None, knows: Knows | None) -> QuickLine:
    """A line without a leading word."""

    def fits(setting: str, value: str) -> bool:
        if setting == MODEL:
            return bool(value) and (knows is None or knows(value))
        return makes_sense(setting, value)

    made = read_object(text, fits)
    if made is not None:
        line = _Reading(resolve, prompt=made.prompt)
        for name, value in made.settings.items():
            line.take(name, value)
        return line.finish()
    if "|" not in text:
        return QuickLine(text)
    if not NEXT_SETTING.search(text) and not PART.match(text):
        return QuickLine(_unescape(text))
    line = _Reading(resolve)
    words: list[str] = []
    for part in _parts(text):
        found = PART.match(part)
        known = found and squeeze(found[1]) in line_names()
        if found and (known or (words and " " not in found[1].strip())):
            line.take(_unescape(found[1].strip()), _unescape(found[2].strip()))
        elif part.strip() or not words:
            words.append(part)
    if not line.settings and not line.unknown:
        return QuickLine(_unescape(text))
    words = [word.strip() for word in words]
    line.prompt = _unescape(" | ".join(word for word in words if word))
    return line.finish()


def write(line: QuickLine) -> str:
    """The line that `parse` reads as this one."""
    ways: list[Callable[[str], str]] = [str, _escape_bars, _escape]
    for lead, escape, (end, bar) in product(
        ("", "Изображение: "), ways, product(("", " |"), (" | ", "\n| "))
    ):
        text = lead + _join(line, escape, bar) + end
        if parse(text) == line:
            return text
    return _join(line, _escape, " | ")


@dataclass
class _Reading:
    """A line on its way."""

    resolve: Resolve | None
    prompt: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        """Put one setting down, or name it as not understood."""
        setting = line_names().get(squeeze(name), "")
        found: Mapping[str, str] = {}
        if setting == MODEL and value:
            model = self.resolve(value) if self.resolve else value
            found = {MODEL: model} if model else {}
        elif setting and value:
            found = read_value(setting, value)
        if not found:
            self.unknown.append(f"{name}={value}")
        for key, one in found.items():
            before = self.settings.pop(key, one)
            if before != one:
                self.unknown.append(f"{key}={before}")
            self.settings[key] = one

    def finish(self) -> QuickLine:
        return QuickLine(self.prompt, self.settings, tuple(self.unknown))


def _parts(text: str) -> Iterator[str]:
    """The parts between bars that are neither escaped nor in braces, quotes or code."""
    many = text.count("|") + text.count("{") > MOST_SIGNS
    bars = NEXT_SETTING.finditer(text) if many else SIGN.finditer(text)
    aside = [] if many else _aside(text)
    start = 0
    for sign in bars:
        if sign[0][0] == "|" and not covers(aside, sign.start()):
            yield text[start : sign.start()]
            start = sign.start() + 1
    yield text[start:]


def _aside(text: str) -> list[Span]:
    """Where a bar parts nothing, in order and apart from each other."""
    code = code_spans(text, sure=True)
    quoted = [each.span() for each in QUOTED.finditer(text)]
    return joined([*code, *quoted, *_braces(text, joined([*code, *quoted])).items()])


def _braces(text: str, aside: list[Span]) -> dict[int, int]:
    """Where each brace that opens is closed; a setting in between means that it never is."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for sign in SIGN.finditer(text):
        if covers(aside, sign.start()):
            continue
        if sign[0] == "{":
            opened.append(sign.start())
        elif sign[0] == "}" and opened:
            closing[opened.pop()] = sign.end()
        elif sign[0] == "|" and NEXT_SETTING.match(text, sign.start()):
            opened.clear()
    return closing


def _unescape(text: str) -> str:
    return _outside(text, lambda part: part.replace("\\|", "|").replace("\\=", "="))


def _escape_bars(text: str) -> str:
    return _outside(text, lambda part: part.replace("|", "\\|"))


def _escape(text: str) -> str:
    return _outside(text, lambda part: part.replace("|", "\\|").replace("=", "\\="))


def _outside(text: str, change: Callable[[str], str]) -> str:
    """A text changed where it stands in no braces, quotes or code."""
    if change(text) == text:
        return text
    whole, at = "", 0
    for start, end in _aside(text):
        whole += change(text[at:start]) + text[start:end]
        at = end
    return whole + change(text[at:])


def _join(line: QuickLine, escape: Callable[[str], str], bar: str) -> str:
    """What was not understood stands first, so that nothing it names replaces a setting. `bar`: on
    a line of its own where the prompt's quotes would reach over it."""
    pairs = [unknown.partition("=")[::2] for unknown in line.unknown]
    pairs += list(line.settings.items())
    parts = (f"{bar}{name}={escape(value)}" for name, value in pairs)
    return "".join([escape(line.prompt), *parts])
