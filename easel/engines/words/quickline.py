r"""Reads a prompt and its settings from one line: `a fox | model=fal/flux-dev | size=1024x1024`.

A bar stands between the parts, in any order; `\|` is a plain bar. What stands inside braces, such
as `{red|green}`, belongs to `wildcards` and stays as it is. Where a line has bars, `\=` is a plain
equals sign. A line without settings is a prompt and nothing else. Two older forms are read as
well: the leading word "Изображение", and `{"description": …, "style": …, "mood": …}`, bare or in a
fenced block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from easel.engines.words.quickline_json import read_object
from easel.engines.words.quickline_names import LEADING, SETTINGS, squeeze
from easel.engines.words.quickline_values import read_value

Resolve = Callable[[str], str | None]

LEAD: Final = re.compile(rf"\s*{LEADING}(?:\s*:\s*|\s+|\s*$)", re.IGNORECASE)
PART: Final = re.compile(r"\s*([^\W\d_](?:[\w .-]{0,30}[\w.-])?)\s*(?<!\\)=(.*)", re.DOTALL)
SIGN: Final = re.compile(r"\\[{|}=]|[{|}]")
NEXT_SETTING: Final = re.compile(r"\|\s*[^\W\d_][\w .-]{0,31}=")


@dataclass(frozen=True)
class QuickLine:
    """A prompt, its settings by their names in Easel, and what was said but not understood.

    `unknown` holds "name=value" as it was typed: a name nobody knows, a value that cannot be
    read, an empty one, or one that a later part of the line replaced.
    """

    prompt: str
    settings: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def parse(text: str, resolve: Resolve | None = None) -> QuickLine:
    """Find the prompt and the settings of a line; a plain prompt comes back unchanged.

    `resolve` gives the id of a model by any of its names, None for a name it does not know;
    without it a name is taken as it is. Values are not checked against a model. Never raises.
    """
    lead = LEAD.match(text)
    text = text[lead.end() :] if lead else text
    made = read_object(text)
    if made is not None:
        line = _Reading(resolve, prompt=made.prompt)
        for name, value in made.settings.items():
            line.take(name, value)
        return line.finish(made.unknown)
    if "|" not in text:
        return QuickLine(text)
    line = _Reading(resolve)
    words: list[str] = []
    for part in _parts(text):
        found = PART.match(part)
        known = found and squeeze(found[1]) in SETTINGS
        if found and (known or (words and " " not in found[1].strip())):
            line.take(_unescape(found[1].strip()), _unescape(found[2].strip()))
        elif part.strip() or not words:
            words.append(part)
    if not line.settings and not line.unknown:
        return QuickLine(_unescape(text))
    words = [word.strip() for word in words]
    line.prompt = _unescape(" | ".join(word for word in words if word))
    return line.finish(())


def write(line: QuickLine) -> str:
    """The line that `parse` reads as this one."""
    for lead in ("", "Изображение: "):
        for escape in (str, _escape_bars, _escape):
            for end in ("", " |"):
                text = lead + _join(line, escape) + end
                if parse(text) == line:
                    return text
    return _join(line, _escape)


@dataclass
class _Reading:
    """A line on its way."""

    resolve: Resolve | None
    prompt: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        """Put one setting down, or name it as not understood."""
        setting = SETTINGS.get(squeeze(name), "")
        found: Mapping[str, str] = {}
        if setting == "model" and value:
            model = self.resolve(value) if self.resolve else value
            found = {"model": model} if model else {}
        elif setting and value:
            found = read_value(setting, value)
        if not found:
            self.unknown.append(f"{name}={value}")
        for key, one in found.items():
            before = self.settings.pop(key, one)
            if before != one:
                self.unknown.append(f"{key}={before}")
            self.settings[key] = one

    def finish(self, more: tuple[str, ...]) -> QuickLine:
        return QuickLine(self.prompt, self.settings, (*self.unknown, *more))


def _parts(text: str) -> Iterator[str]:
    """The parts between bars that are neither escaped nor inside braces."""
    closing = _braces(text)
    start = covered = 0
    for sign in SIGN.finditer(text):
        if sign.start() < covered:
            continue
        if sign[0] == "{":
            covered = closing.get(sign.start(), 0)
        elif sign[0] == "|":
            yield text[start : sign.start()]
            start = sign.end()
    yield text[start:]


def _braces(text: str) -> dict[int, int]:
    """Where each brace that opens is closed; a setting in between means that it never is."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for sign in SIGN.finditer(text):
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
    """A text changed where it stands in no braces."""
    closing = _braces(text)
    whole, at = "", 0
    for start in sorted(closing):
        if start >= at:
            whole += change(text[at:start]) + text[start : closing[start]]
            at = closing[start]
    return whole + change(text[at:])


def _join(line: QuickLine, escape: Callable[[str], str]) -> str:
    """What was not understood stands first, so that nothing it names replaces a setting."""
    pairs = [unknown.partition("=")[::2] for unknown in line.unknown]
    pairs += list(line.settings.items())
    return "".join([escape(line.prompt), *(f" | {name}={escape(value)}" for name, value in pairs)])
