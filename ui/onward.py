"""From any tab's result to Upscale or Retouch: the shown picture becomes the one to start from."""

from __future__ import annotations

from typing import Any

import gradio as gr

from i18n import say
from ui.context import AppContext
from ui.listeners import RAW
from ui.names import Update
from ui.tab_stage import Stage, picture_named


def wire_onward(
    context: AppContext, tabs: gr.Tabs, stage: Stage, upscale: Any, retouch: Any
) -> None:
    """Connect a stage's "Upscale this" and "Retouch this" with the boxes of those tabs."""
    _wire_one(context, tabs, stage, stage.upscale, "upscale", upscale)
    _wire_one(context, tabs, stage, stage.retouch, "retouch", retouch)


def _wire_one(
    context: AppContext, tabs: gr.Tabs, stage: Stage, button: gr.Button, tab: str, box: Any
) -> None:
    async def carry(data: Update) -> Any:
        shown = data[stage.download]
        path = picture_named(data[context.session], {"image": shown} if shown else None)
        if path is None:
            gr.Warning(say("result.gone"))
            return gr.skip()
        return {tabs: gr.update(selected=tab), box: gr.update(value=path)}

    button.click(carry, {context.session, stage.download}, [tabs, box], **RAW)
