"""Before the click: who will answer, at what price, where the prompt goes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from easel.providers.catalogue import MODELS, provider_of
from easel.providers.errors import MissingKey, NotAvailable, StudioError
from easel.providers.schema import Task
from easel.studio.ask import read_asked
from easel.studio.keys import Keyring
from easel.studio.pricing import per_image
from easel.studio.quote import age_days, is_old
from easel.studio.routing import AUTO, Candidate
from easel.studio.service import Studio
from easel.studio.terms import Terms
from easel.ui.controls import Form, needs, params_of, settings_of
from easel.ui.money import button_label, dollars
from easel.words import say

LANGUAGES = {"en": "English", "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Preview:
    """The button's label, whether it can be pressed, and the two lines about who answers."""

    button: str
    ready: bool
    who: str
    hint: str


async def preview(studio: Studio, form: Form, keys: Keyring, terms: Terms) -> Preview:
    """What would happen if the button were pressed now. Sends nothing."""
    name = str(form.get("model") or AUTO)
    try:
        asked = read_asked(form.get("prompt") or "…", settings_of(form, params_of(name, keys)))
        candidate = await studio.choose(Task.TEXT_TO_IMAGE, name, asked, keys, terms)
    except StudioError as error:
        blocked = isinstance(error, MissingKey | NotAvailable)
        who = _who(_pinned(name), _need(error, name), "off")
        return Preview(say("create.button"), not blocked, who, _warning(str(error)))
    return Preview(
        button=button_label(candidate.checked.request),
        ready=True,
        who=_who(_title(candidate, name), _price(candidate), "ok"),
        hint=_hint(candidate),
    )


def _title(candidate: Candidate, name: str) -> str:
    title = _pinned(candidate.model.id)
    return f"{say('who.auto')} → {title}" if name == AUTO else title


def _pinned(name: str) -> str:
    model = MODELS.get(name)
    return f"{model.title} · {provider_of(model).title}" if model else say("who.auto")


def _need(error: StudioError, name: str) -> str:
    return needs(MODELS[name]) if isinstance(error, MissingKey) and name in MODELS else ""


def _price(candidate: Candidate) -> str:
    each = per_image(candidate.model, candidate.checked.request.settings)
    if each is None:
        return say("who.unknown")
    return say("who.each", price=dollars(each)) if each else say("who.free")


def _hint(candidate: Candidate) -> str:
    model, provider = candidate.model, provider_of(candidate.model)
    if not provider.needs_key:
        parts = [say("who.stays"), say("who.placeholder")]
    else:
        parts = [say("who.goes", provider=provider.title), _reads(model.languages)]
        if model.price.usd is not None and not model.price.usd and model.price.note:
            parts.append(f"{say('who.free').capitalize()}: {model.price.note}.")
        if not model.price.verified:
            parts.append(f"{say('who.unverified').capitalize()}.")
        if is_old(model.price):
            days = age_days(model.price)
            parts.append(f"{say('who.old', days=days).capitalize()}.")
    warnings = [_warning(text) for text in candidate.checked.warnings]
    return _note(" ".join([say("who.shortcut"), *parts])) + "".join(warnings)


def _reads(languages: tuple[str, ...]) -> str:
    if "*" in languages:
        return say("who.reads.any")
    names = ", ".join(LANGUAGES.get(code, code) for code in languages)
    return say("who.reads", languages=names)


def _who(title: str, price: str, dot: str) -> str:
    return (
        f'<div class="who-line"><span class="dot {dot}"></span><span>{escape(title)}</span>'
        f"<em>{escape(price)}</em></div>"
    )


def _note(text: str) -> str:
    return f'<p class="hint">{escape(text)}</p>'


def _warning(text: str) -> str:
    return f'<p class="warning">{escape(text)}</p>'
