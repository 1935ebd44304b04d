"""The Upscale tab: a picture, how much larger, and by whom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import gradio as gr

from i18n import say
from providers.schema import Model, Param, Task
from providers.tasks import TASKS
from studio.results.expected_size import as_sent, largest_scale
from studio.routing import AUTO
from ui.context import AppContext
from ui.controls import Form, radio_update
from ui.money import verb
from ui.picture_tab import PictureTab, model_box
from ui.setting_controls import setting_control
from ui.stage import Action, Names, Update, build_action, build_stage
from ui.uploads import one_picture

NAMES = Names("upscale")
USUAL: Final = 2
TIMES: Final = (2, 4, 6, 8)
IN_AUTO: Final = (2, 4)  # what most models can
RARE: Final = TASKS[Task.UPSCALE].folded


def build_upscale(context: AppContext, spend: gr.HTML) -> PictureTab:
    """Lay the tab out and wire it."""
    with gr.Row(elem_classes="workbench", elem_id="upscale"):
        with gr.Column(min_width=320, **NAMES("decide")):
            controls, more, action = _decide()
        with gr.Column(min_width=320, **NAMES("see")):
            stage = build_stage(NAMES, action.go, spend)
    tab = PictureTab(context, Task.UPSCALE, controls, ("scale",), _fit, RARE, more, action, stage)
    tab.wire(controls["model"], controls["seed"])
    return tab


def _decide() -> tuple[dict[str, Any], gr.Accordion, Action]:
    """What a person decides, most important first; the rest is folded."""
    picture = one_picture(NAMES, "picture", say("upscale.picture"))
    scale = gr.Radio(
        _scales(IN_AUTO, None), value=USUAL, label=say("upscale.scale"), **NAMES("scale")
    )
    model = model_box(NAMES)
    who = gr.HTML(**NAMES("who"))
    with gr.Accordion(say("picture.more"), open=False, visible=False, **NAMES("more")) as more:
        rare = {name: setting_control(NAMES, name) for name in RARE}
    action = build_action(NAMES, who, verb(Task.UPSCALE))
    return {"picture": picture, "scale": scale, "model": model, **rare}, more, action


def _fit(
    form: Form,
    params: Mapping[str, Param],
    rows: Sequence[Model],
    size: tuple[int, int] | None,
) -> Update:
    """How much larger this model can make this picture."""
    param = params.get("scale")
    offered = IN_AUTO if str(form["model"] or AUTO) == AUTO else TIMES
    areas = [math.prod(as_sent(row, size)) for row in rows] if size else []
    most = largest_scale(param, min(areas)) if param and areas else 0.0
    legal = [each for each in offered if param and _within(param, each) and each <= (most or each)]
    return {"scale": radio_update(_scales(legal, size), form.get("scale"), USUAL)}


def _within(param: Param, times: int) -> bool:
    if param.choices:
        return times in param.choices
    return (param.minimum or 1) <= times <= (param.maximum or times)


def _scales(offered: Sequence[int], size: tuple[int, int] | None) -> list[tuple[str, int]]:
    """Each scale with the size that comes of it."""
    if size is None:
        return [(f"{each}×", each) for each in offered]
    return [(f"{each}×\n{size[0] * each}×{size[1] * each}", each) for each in offered]
