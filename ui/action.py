"""Under the controls of a tool: who answers, the one button, and what it costs."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from providers.schema import Task
from studio.keys import Keyring
from studio.policy import Policy
from studio.request import UserRequest
from studio.session import Session
from ui.context import AppContext
from ui.names import Names, Update
from ui.preview import Preview, preview
from ui.translating import Translating, tell


@dataclass(frozen=True)
class Action:
    """What stands under the controls."""

    # Who answers.
    who: gr.HTML
    # The one button.
    go: gr.Button
    # What is said before the press, or why the button is closed.
    hint: gr.HTML
    # What is said of the prompt's translation, where one may be needed.
    translating: Translating | None = None

    def all(self) -> list[Any]:
        """The parts that follow every control."""
        more = self.translating.shown() if self.translating else []
        return [self.who, self.hint, self.go, *more]


def build_action(
    names: Names, who: gr.HTML, label: str, translating: Translating | None = None
) -> Action:
    """The one button and the line under it; `who` and `translating` stand further up."""
    go = gr.Button(label, variant="primary", **names("go"))
    return Action(who, go, gr.HTML(**names("hint")), translating)


async def look_ahead_at(
    context: AppContext,
    task: Task,
    action: Action,
    name: str,
    read: Awaitable[tuple[str, UserRequest]],
    session: Session,
    keys: Keyring,
) -> Update:
    """The button and the lines about who answers, for a form as it stands. `read`: who is asked
    and what; `name`: who is chosen in the form."""
    policy = Policy(session.limits.max_price, session.limits.patience)
    ahead = await preview(context.studio, task, name, read, keys, policy, session)
    return tell_ahead(action, ahead)


def tell_ahead(action: Action, ahead: Preview) -> Update:
    """The same from a preview that is there already. The button stays open while jobs run: the
    next may be started at once."""
    translated = tell(action.translating, ahead.translation) if action.translating else {}
    return translated | {
        action.who: ahead.who,
        action.hint: ahead.hint,
        action.go: gr.update(value=ahead.button, interactive=ahead.ready),
    }
