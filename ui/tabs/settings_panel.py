"""The Settings sidebar: keys for this session, typed and forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from providers.catalogue import PROVIDERS
from providers.schema import Provider
from studio.keys import Keyring, clean
from studio.session import Session
from ui.context import AppContext
from ui.tabs.limits_panel import LimitsPanel, build_limits

KEYED = tuple(provider for provider in PROVIDERS if provider.needs_key)


@dataclass(frozen=True)
class SettingsPanel:
    """The sidebar's parts; `boxes` in the order of `KEYED`."""

    sidebar: gr.Sidebar
    state: gr.HTML
    health: gr.HTML
    today: gr.HTML
    limits: LimitsPanel
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
        limits = build_limits(context)
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
