"""What the page shows when it is opened, or a tab of it that tells how things stand; and the keys
and limits that a visitor sets for himself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from i18n import say
from studio.model_listing import list_models
from studio.session import Session
from ui.context import AppContext
from ui.forms.task_tab import TaskTab
from ui.listeners import EACH, LATEST, QUIET, in_turn
from ui.names import Update
from ui.results import cards
from ui.results.figures import health_table, statistics_page, today
from ui.results.open_jobs import Restarted, welcome
from ui.stage import Stage, around, show
from ui.strip import choose_last
from ui.tabs.history import HistoryTab, refresh, refreshed
from ui.tabs.settings_panel import (
    SettingsPanel,
    forget_keys,
    keys_state,
    set_limits,
    take_keys,
)


@dataclass(frozen=True)
class Settings:
    """The sidebar's handlers, and what is done when the page opens."""

    context: AppContext
    stage: Stage
    panel: SettingsPanel

    async def open(
        self, session: Session, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> tuple[Any, str, str]:
        """Open the sidebar."""
        keys, studio = self.context.keys(session, request, token), self.context.studio
        left = await today(studio.quota, studio.settings, session.visitor.address)
        return gr.Sidebar(open=True), health_table(studio.health, keys), left

    async def save_keys(self, session: Session, *typed: str) -> list[Any]:
        """Keep the keys that were typed."""
        take_keys(session, typed)
        # A box that was blank may hold a key by the time this arrives.
        return ["" if text else gr.skip() for text in typed]

    async def forget(self, session: Session) -> None:
        """Forget the keys that were typed."""
        forget_keys(session)

    async def tell_keys(
        self, session: Session, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """Which keys there are, what was spent, and the strip."""
        keys = self.context.keys(session, request, token)
        return {self.panel.state: keys_state(keys)} | around(self.stage, session)

    async def save_limits(
        self, session: Session, cap: str, max_price: str, patience: str, finish: bool
    ) -> list[str]:
        """Keep the limits."""
        return set_limits(session, cap, max_price, patience, finish)

    async def collect(self, session: Session, ticket: str | None, request: gr.Request) -> Any:
        """Show what waited while the visitor was away."""
        self.context.meet(session, request)
        if not self.context.visitors.collect(str(ticket or ""), session):
            return gr.skip()
        gr.Info(say("limits.collected"))
        await self.context.studio.all_over(session)
        choose_last(session)
        return show(self.stage, session) | {self.panel.limits.finish: gr.update(value=True)}

    def wire(self, demo: gr.Blocks, gear: gr.Button, tabs: Sequence[TaskTab]) -> list[Any]:
        """Connect them. Keys decide what every control offers, so `tabs` follow them. Returns the
        events after which the keys have changed."""
        panel, session = self.panel, self.context.session
        told = (self.tell_keys, session, [panel.state, *self.stage.around()])
        demo.load(*told, **LATEST)
        demo.load(*tabs[0].listener, **LATEST)  # the one that is seen
        boxes, limits = [*panel.boxes], panel.limits
        saved = panel.save.click(self.save_keys, [session, *boxes], boxes, **EACH)
        forgotten = panel.forget.click(self.forget, session, None, **QUIET)
        for event in (saved, forgotten):
            event.then(*told, **LATEST)
            for tab in tabs:
                event.then(*tab.listener, **LATEST)
        opened = [panel.sidebar, panel.health, panel.today]
        gear.click(self.open, session, opened, queue=False, **QUIET)
        kept = [*limits.boxes()[:3], limits.ticket]
        limits.save.click(self.save_limits, [session, *limits.boxes()], kept, **EACH)
        waits: dict[str, Any] = {"concurrency_limit": None, **QUIET}  # until the jobs are over
        found = [*self.stage.shown(), limits.finish]
        demo.load(self.collect, [session, limits.ticket], found, **waits)
        return [saved, forgotten]


@dataclass(frozen=True)
class Pages:
    """The tabs that tell how things stand, filled when they are opened."""

    context: AppContext
    tabs: gr.Tabs
    history: HistoryTab
    models: gr.HTML
    statistics: gr.HTML
    restarted: Restarted

    async def show_history(self, session: Session) -> Update:
        """The session's results."""
        return refresh(self.context.studio, self.history, session)

    async def show_models(
        self, session: Session, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> str:
        """Every model, and whether it can be had with these keys."""
        keys = self.context.keys(session, request, token)
        return cards.models_table(await list_models(None, keys, self.context.studio.serves))

    async def show_statistics(self, session: Session) -> str:
        """What was seen of each model."""
        return statistics_page(self.context.studio.statistics, session.statistics)

    async def greet(self, session: Session, token: Any, request: gr.Request) -> Any:
        """Tell of what was under way before a restart."""
        return await welcome(self.context, session, token, request)

    async def show_restarted(self, session: Session) -> Update:
        """Go to those jobs."""
        seen = {self.restarted.row: gr.update(visible=False)}
        there = {self.tabs: gr.Tabs(selected="history")}
        return refresh(self.context.studio, self.history, session) | seen | there

    def wire(self, demo: gr.Blocks, tabs: tuple[gr.Tab, gr.Tab, gr.Tab]) -> None:
        """Connect them. `tabs`: of the history, the models and the statistics."""
        history, models, statistics = tabs
        session, restarted = self.context.session, self.restarted
        # In one line with deleting, or an older list could arrive after a newer one.
        line = in_turn("history")
        history.select(self.show_history, session, refreshed(self.history), **LATEST, **line)
        models.select(self.show_models, session, self.models, **LATEST)
        statistics.select(self.show_statistics, session, self.statistics, **LATEST)
        told = [restarted.token, restarted.row, restarted.told]
        demo.load(self.greet, [session, restarted.token], told, **QUIET)
        changed = [self.tabs, restarted.row, *refreshed(self.history)]
        restarted.show.click(self.show_restarted, session, changed, **QUIET)
