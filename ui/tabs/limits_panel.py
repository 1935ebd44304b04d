"""Limits a visitor sets for himself: how much, how dear, how patient, and what happens after he
leaves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import gradio as gr

from i18n import say
from studio.results.uncollected import WAIT_SECONDS, new_ticket
from studio.session import Session
from ui.context import AppContext


@dataclass(frozen=True)
class LimitsPanel:
    """The panel's parts."""

    cap: gr.Textbox
    max_price: gr.Textbox
    patience: gr.Textbox
    finish: gr.Checkbox
    ticket: gr.BrowserState
    save: gr.Button

    def boxes(self) -> list[Any]:
        """What is set, in order."""
        return [self.cap, self.max_price, self.patience, self.finish]


def build_limits(context: AppContext) -> LimitsPanel:
    """Lay the panel out, inside the Settings sidebar."""
    gr.HTML(f"<h2>{say('limits.title')}</h2>")
    return LimitsPanel(
        _box("cap"),
        _box("max_price"),
        _box("patience"),
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


def _box(name: str) -> gr.Textbox:
    return gr.Textbox(
        label=say(f"limits.{name}"),
        info=say(f"limits.{name}.hint"),
        lines=1,
        max_lines=1,
        elem_id=f"limit-{name.replace('_', '-')}",
    )
