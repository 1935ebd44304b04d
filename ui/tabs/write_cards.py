"""What stands around a written prompt, as HTML: what was added, protected, contradicted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from i18n import say
from providers.catalogue import MODELS, provider_of
from studio.results.receipts import Receipt
from studio.results.text_checks import changes, look_at
from ui.html import render
from ui.results import cards

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
    compared = changes(idea, text)
    return render("difference", changes=compared, tags=TAGS) if compared else ""


def protected(parts: Sequence[Mapping[str, Any]]) -> str:
    """Each part that must stay as the user wrote it, and whether it did."""
    return render("protected", parts=parts) if parts else ""


def contradicted(contradictions: Sequence[Mapping[str, Any]]) -> str:
    """Each contradiction that Easel's own check found."""
    return render("contradictions", contradictions=contradictions) if contradictions else ""


def caption(receipt: Receipt) -> str:
    """One line under a text: who wrote it, characters, seconds, price; and what to know of it
    that `found` does not show."""
    shown = _shown(receipt.get("findings", {}))
    return render(
        "caption",
        maker=f"{receipt['title']} · {receipt['provider']}",
        facts=[
            say("write.characters", count=len(receipt["text"])),
            say("result.seconds", seconds=receipt["seconds"]),
            cards.price(receipt),
        ],
        seed=None,
        story=cards.story(receipt),
        warnings=[text for text in receipt["warnings"] if text not in shown],
    )


def composer_note(model: str) -> str:
    """What Easel's own composer is, where it would answer; blank for any other."""
    row = MODELS.get(model)
    if row is None or provider_of(row).needs_key:
        return ""
    return f'<p class="hint">{escape(say("write.composer"))}</p>'


def _shown(findings: Mapping[str, Any]) -> set[str]:
    """The warnings that are told as contradictions and protected parts already."""
    lost = [each["text"] for each in findings.get("protected", ()) if not each["kept"]]
    why = {str(each["why"]) for each in findings.get("contradictions", ())}
    return why | {say("written.lost", part=text) for text in lost}
