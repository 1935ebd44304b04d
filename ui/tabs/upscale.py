"""The Upscale tab: a picture, how much larger, and by whom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import gradio as gr

from errors import InvalidInput
from i18n import say
from providers.schema import Model, Param, Task
from providers.tasks import TASKS
from studio.keys import Keyring
from studio.prompts.quick_line import Line
from studio.request import UserRequest
from studio.results.expected_size import as_sent, largest_scale
from studio.routing import AUTO
from studio.session import Session
from ui.context import AppContext
from ui.form import build_controls, model_box
from ui.forms.action import build_action
from ui.forms.controls import Form, radio_update
from ui.forms.task_tab import Given, Parts, Taken, TaskTab
from ui.forms.uploads import one_picture
from ui.money import verb
from ui.names import Names, Update

NAMES = Names("upscale")
USUAL: Final = 2
TIMES: Final = (2, 4, 6, 8)
IN_AUTO: Final = (2, 4)  # what most models can


class UpscaleTab(TaskTab):
    """What is special: how much larger this picture can become."""

    task = Task.UPSCALE
    words = ""
    pictures = ("picture",)
    held = ("scale",)

    async def ask(
        self, form: Form, keys: Keyring, line: Line, pictures: Given, session: Session
    ) -> tuple[str, UserRequest]:
        """Who is asked and what of the picture."""
        if not pictures:
            raise InvalidInput(say("picture.missing"), field="picture")
        return await super().ask(form, keys, line, pictures, session)

    def fit(
        self, form: Form, params: Mapping[str, Param], rows: Sequence[Model], taken: Taken
    ) -> Update:
        """How much larger this model can make this picture."""
        param, size = params.get("scale"), taken.size
        offered = IN_AUTO if str(form["model"] or AUTO) == AUTO else TIMES
        areas = [math.prod(as_sent(row, size)) for row in rows] if size else []
        most = largest_scale(param, min(areas)) if param and areas else 0.0
        legal = [
            each for each in offered if param and _within(param, each) and each <= (most or each)
        ]
        return {"scale": radio_update(_scales(legal, size), form.get("scale"), USUAL)}


def build_upscale(context: AppContext) -> UpscaleTab:
    """Lay it out, in the order a person decides; what few people need is folded."""
    row = TASKS[Task.UPSCALE]
    with gr.Column(**NAMES("decide")):
        picture = one_picture(NAMES, "picture", say("upscale.picture"))
        own = {"scale": _scale}
        fields = build_controls(NAMES, row.fields, own, {}, shown=True)
        model, who = model_box(NAMES), gr.HTML(**NAMES("who"))
        with gr.Accordion(say("picture.more"), open=False, visible=False, **NAMES("more")) as more:
            folded = build_controls(NAMES, row.folded, own, {}, shown=False)
        action = build_action(NAMES, who, verb(row.task))
    controls = {"picture": picture} | fields | {"model": model} | folded
    return UpscaleTab(context, Parts(controls, action, more))


def _scale(look: dict[str, Any]) -> gr.Radio:
    return gr.Radio(_scales(IN_AUTO, None), value=USUAL, **look | {"label": say("upscale.scale")})


def _within(param: Param, times: int) -> bool:
    if param.choices:
        return times in param.choices
    return (param.minimum or 1) <= times <= (param.maximum or times)


def _scales(offered: Sequence[int], size: tuple[int, int] | None) -> list[tuple[str, int]]:
    """Each scale with the size that comes of it."""
    if size is None:
        return [(f"{each}×", each) for each in offered]
    return [(f"{each}×\n{size[0] * each}×{size[1] * each}", each) for each in offered]
