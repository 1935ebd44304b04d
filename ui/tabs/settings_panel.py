"""The Settings sidebar: keys for this session, and the limits a visitor sets himself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from providers.catalogue import PROVIDERS
from providers.schema import Provider
from studio.keys import Keyring, clean
from studio.results.uncollected import WAIT_SECONDS, new_ticket
from studio.session import Session
from ui.context import AppContext

KEYED = tuple(provider for provider in PROVIDERS if provider.needs_key)


@dataclass(frozen=True)
class LimitsPanel:
    """What a visitor limits."""

    # The most this session may spend, in US dollars.
    cap: gr.Textbox
    # The most one picture may cost, in US dollars.
    max_price: gr.Textbox
    # How long Auto waits for a busy provider, in seconds.
    patience: gr.Textbox
    # Whether paid jobs run on when the visitor leaves.
    finish: gr.Checkbox
    # What the browser keeps to collect them.
    ticket: gr.BrowserState
    save: gr.Button

    def boxes(self) -> list[Any]:
        """What is set, in order."""
        return [self.cap, self.max_price, self.patience, self.finish]


@dataclass(frozen=True)
class SettingsPanel:
    """The sidebar's parts."""

    sidebar: gr.Sidebar
    # Whose key is in force for each provider.
    state: gr.HTML
    # What was last seen of each provider.
    health: gr.HTML
    # What is left today of the app's own money.
    today: gr.HTML
    limits: LimitsPanel
    # For keys, in the order of `KEYED`.
    boxes: tuple[gr.Textbox, ...]
    save: gr.Button
    forget: gr.Button


def build_settings(context: AppContext) -> SettingsPanel:
    """Lay the sidebar out; the shell wires it, because keys change every tab."""
    with gr.Sidebar(open=False, position="right", width=360, elem_id="settings") as sidebar:
        keys = say("settings.keys")
        gr.HTML(f"<h2 class='beside'>{keys}</h2><p class='hint'>{say('settings.keys.note')}</p>")
        if context.studio.settings.sign_in:
            gr.LoginButton(say("settings.sign_in"), elem_id="sign-in")
        boxes = tuple(_box(provider) for provider in KEYED)
        save = gr.Button(say("settings.save"), variant="primary", elem_id="keys-save", size="md")
        forget = gr.Button(say("settings.forget"), elem_id="keys-forget", size="md")
        state = gr.HTML(elem_id="keys-state")
        today = gr.HTML(elem_id="today")
        limits = _build_limits()
        health = gr.HTML(elem_id="health")
    return SettingsPanel(sidebar, state, health, today, limits, boxes, save, forget)


def take_keys(session: Session, typed: tuple[str, ...]) -> None:
    """Keep the keys that were typed. A bad one is refused with a sentence, the rest is kept."""
    given = [(it, text) for it, text in zip(KEYED, typed, strict=True) if text]
    if not given:
        gr.Warning(say("settings.blank"), duration=4)
    for provider, text in given:
        try:
            session.keys[provider.name] = clean(text, provider)
        except StudioError as error:
            gr.Warning(error.message)


def forget_keys(session: Session) -> None:
    """Forget every key typed in this session."""
    session.keys.clear()
    gr.Info(say("settings.forgotten"), duration=4)


def keys_state(keys: Keyring) -> str:
    """Whose key is in force for each provider, never the key itself."""
    rows = "".join(
        f"<tr><th>{escape(provider.title)}</th><td>{escape(say(_whose(provider, keys)))}</td>"
        f'<td><a href="{escape(provider.key_url)}" target="_blank" rel="noopener noreferrer">'
        f"{say('settings.get')}</a></td></tr>"
        for provider in KEYED
    )
    return f'<table class="keys">{rows}</table>'


def _whose(provider: Provider, keys: Keyring) -> str:
    try:
        key = keys.find(provider)
    except StudioError:
        key = None
    if key is None:
        return "settings.key.none"
    if key.owner == "operator":
        return "settings.key.app"
    signed = keys.signed_in and key.value == keys.signed_in.strip()
    return "settings.key.sign_in" if signed else "settings.key.own"


def _box(provider: Provider) -> Any:
    return gr.Textbox(
        label=say("settings.key", provider=provider.title),
        placeholder=provider.key_names[0],
        type="password",
        lines=1,
        max_lines=1,
        elem_id=f"key-{provider.name}",
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", spellcheck=False),
    )


def _build_limits() -> LimitsPanel:
    """Lay the limits out."""
    gr.HTML(f"<h2>{say('limits.title')}</h2>")
    return LimitsPanel(
        _limit_box("cap"),
        _limit_box("max_price"),
        _limit_box("patience"),
        gr.Checkbox(
            label=say("limits.finish"),
            info=say("limits.finish.hint", minutes=f"{WAIT_SECONDS / 60:.0f}"),
            elem_id="limit-finish",
        ),
        gr.BrowserState("", storage_key="easel-ticket"),
        gr.Button(say("limits.save"), elem_id="limits-save", size="md"),
    )


def set_limits(
    session: Session, cap: str, max_price: str, patience: str, finish: bool
) -> list[str]:
    """Keep the limits; one that is not a number stays as it was, and that is said. Returns the
    boxes as they now stand, and the ticket for this browser to keep."""
    limits = session.limits
    limits.cap = _amount("cap", cap, limits.cap)
    limits.max_price = _amount("max_price", max_price, limits.max_price)
    limits.patience = float(_amount("patience", patience, Decimal(str(limits.patience))) or 0)
    limits.finish_when_gone = bool(finish)
    session.visitor.ticket = (session.visitor.ticket or new_ticket()) if finish else ""
    gr.Info(say("limits.saved"))
    shown = [session.limits.cap, session.limits.max_price, session.limits.patience or None]
    return [*("" if each is None else f"{each}" for each in shown), session.visitor.ticket]


def _amount(name: str, text: str, before: Decimal | None) -> Decimal | None:
    if not (text or "").strip():
        return None
    try:
        amount = Decimal(text.strip().lstrip("$").replace(",", "."))
    except InvalidOperation:
        amount = Decimal(-1)
    if amount.is_finite() and amount >= 0:
        return amount
    gr.Warning(say("limits.odd", name=say(f"limits.{name}")))
    return before


def _limit_box(name: str) -> gr.Textbox:
    return gr.Textbox(
        label=say(f"limits.{name}"),
        info=say(f"limits.{name}.hint"),
        lines=1,
        max_lines=1,
        elem_id=f"limit-{name.replace('_', '-')}",
    )
