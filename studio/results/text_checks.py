"""What a language model wrote, freed of what it said around it and held against what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engines.language.detect import TOLD, UNKNOWN, detect
from engines.words.contradictions import Contradiction, find
from engines.words.difference import Change, difference
from engines.words.protect import Part, mask, missing, unmask
from engines.words.tidy import tidy
from i18n import say
from providers.brief import Brief
from providers.catalogue import MODELS


@dataclass(frozen=True, slots=True)
class Written:
    """A text that was checked."""

    # The text, without what the model said around it.
    text: str
    # What the user should know.
    warnings: tuple[str, ...] = ()
    # JSON-ready: `characters`; `language`, by Easel's own rule; `protected`, a list of
    # {kind, text, kept}; `contradictions`, a list of {first, second, matter, why}.
    findings: dict[str, Any] = field(default_factory=dict)


def examine(brief: Brief | None, words: str, answer: str) -> Written:
    """Hold an answer against its brief. `words`: those that went out.

    Nothing is changed but what stands around the text, and marks, which get their parts back.
    """
    text = tidy(answer)
    if brief is None:
        return Written(text)
    prompt = brief.kind in ("write", "repair")
    parts = mask(words)[1] if prompt else brief.parts
    text = unmask(text, brief.parts)
    lost = missing(parts, text)
    clashes = find(text) if prompt else ()
    warnings = [
        *(say("written.lost", part=part.text) for part in lost),
        *(clash.why for clash in clashes),
        *_misses(brief, text),
    ]
    findings = _findings(text, parts, lost, clashes)
    return Written(text, tuple(dict.fromkeys(warnings)), findings)


def look_at(idea: str, text: str) -> dict[str, Any]:
    """The findings of a text that was written from an idea and perhaps changed by hand since."""
    _, parts = mask(idea)
    return _findings(text, parts, missing(parts, text), find(text))


def changes(idea: str, text: str) -> tuple[Change, ...]:
    """A text's words beside its idea's, as kept, removed and added; none where nothing is changed,
    or there was no idea to compare with."""
    compared = difference(idea, text) if idea.strip() else ()
    return () if all(each.kind == "same" for each in compared) else compared


def _findings(
    text: str, parts: tuple[Part, ...], lost: tuple[Part, ...], clashes: tuple[Contradiction, ...]
) -> dict[str, Any]:
    return {
        "characters": len(text),
        "language": detect(text),
        "protected": [_protected(part, lost) for part in parts],
        "contradictions": [
            {"first": it.first, "second": it.second, "matter": it.matter, "why": it.why}
            for it in clashes
        ],
    }


def _misses(brief: Brief, text: str) -> list[str]:
    """Where a text is shorter, longer or in another language than it should be."""
    warnings = []
    spoken = detect(text)
    if brief.language in TOLD and spoken not in (UNKNOWN, brief.language):
        warnings.append(say("written.language", spoken=spoken, wanted=brief.language))
    if brief.kind == "write" and len(text) < brief.length:
        warnings.append(say("written.short", length=len(text), least=brief.length))
    if brief.target in MODELS:
        target = MODELS[brief.target]
        if len(text) > target.limits.prompt:
            values = {"length": len(text), "title": target.title, "most": target.limits.prompt}
            warnings.append(say("written.long", **values))
    return warnings


def _protected(part: Part, lost: tuple[Part, ...]) -> dict[str, Any]:
    return {"kind": part.kind, "text": part.text, "kept": part not in lost}
