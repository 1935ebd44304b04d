"""What stands around a written prompt, as HTML: what was added, protected, contradicted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from engines.words.difference import difference
from i18n import say
from providers.catalogue import MODELS, provider_of
from studio.results.receipts import Receipt
from studio.results.text_checks import look_at
from ui import cards

TAGS: Final = {"same": "span", "removed": "del", "added": "ins"}


def written_so_far(text: str) -> str:
    """The text while it is being written; blank while there is none."""
    return f'<div class="stream">{escape(text)}</div>' if text else ""


def clashes(idea: str, text: str) -> str:
    """What contradicts itself in a text."""
    return contradicted(look_at(idea, text)["contradictions"])


def found(idea: str, text: str) -> str:
    """What is to be seen of a text beside its idea: protected parts, and the words."""
    if not text.strip():
        return ""
    return protected(look_at(idea, text)["protected"]) + beside(idea, text)


def beside(idea: str, text: str) -> str:
    """The text with its added words marked and those of the idea that are gone struck out; blank
    where nothing is changed, or there was no idea to compare with."""
    changes = difference(idea, text) if idea.strip() else ()
    if all(each.kind == "same" for each in changes):
        return ""
    words = "".join(
        f"<{TAGS[each.kind]}>{escape(each.words)}</{TAGS[each.kind]}>" for each in changes
    )
    added = f"<ins>{say('write.difference.added')}</ins>"
    legend = f'<p class="hint">{added} · <del>{say("write.difference.removed")}</del></p>'
    head = f"<h4>{say('write.difference')}</h4>"
    return f'<section class="difference">{head}{legend}<p class="words">{words}</p></section>'


def protected(parts: Sequence[Mapping[str, Any]]) -> str:
    """Each part that must stay as the user wrote it, and whether it did."""
    if not parts:
        return ""
    told = "".join(_part(each) for each in parts)
    return f'<section class="protected"><h4>{say("write.protected")}</h4><ul>{told}</ul></section>'


def contradicted(found: Sequence[Mapping[str, Any]]) -> str:
    """Each contradiction that Easel's own check found."""
    if not found:
        return ""
    told = "".join(f'<p class="warning">{escape(each["why"])}</p>' for each in found)
    head = f"<h4>{say('write.contradictions')}</h4>"
    return f'<section class="contradictions" role="status">{head}{told}</section>'


def caption(receipt: Receipt) -> str:
    """One line under a text: who wrote it, characters, seconds, price; and what to know of it
    that `found` does not show."""
    parts = [
        f'<span class="who">{escape(receipt["title"])} · {escape(receipt["provider"])}</span>',
        f"<span>{say('write.characters', count=len(receipt['text']))}</span>",
        f"<span>{say('result.seconds', seconds=receipt['seconds'])}</span>",
        f"<span>{escape(cards.price(receipt))}</span>",
    ]
    told = cards.story(receipt)
    tries = f'<p class="story">{escape(told)}</p>' if told else ""
    shown = _shown(receipt.get("findings", {}))
    left = [text for text in receipt["warnings"] if text not in shown]
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in left)
    return f'<div class="caption">{"".join(parts)}</div>{tries}{warnings}'


def composer_note(model: str) -> str:
    """What Easel's own composer is, where it would answer; blank for any other."""
    row = MODELS.get(model)
    if row is None or provider_of(row).needs_key:
        return ""
    return f'<p class="hint">{escape(say("write.composer"))}</p>'


def _part(part: Mapping[str, Any]) -> str:
    kept = part["kept"]
    sign, word = ("✓", "write.kept") if kept else ("⚠", "write.lost")
    told = f'<span class="sign" aria-hidden="true">{sign}</span>{escape(part["text"])}'
    return f'<li class="{"kept" if kept else "lost"}">{told} <small>{say(word)}</small></li>'


def _shown(findings: Mapping[str, Any]) -> set[str]:
    """The warnings that are told as contradictions and protected parts already."""
    lost = [each["text"] for each in findings.get("protected", ()) if not each["kept"]]
    why = {str(each["why"]) for each in findings.get("contradictions", ())}
    return why | {say("written.lost", part=text) for text in lost}
