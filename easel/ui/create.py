"""The Create tab: decide on the left, see the picture on the right."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from easel.providers.errors import StudioError
from easel.providers.schema import Task
from easel.studio.ask import read_asked
from easel.studio.keys import Keyring
from easel.studio.routing import AUTO
from easel.studio.session import Receipt, Session
from easel.ui import cards
from easel.ui.controls import (
    EXACT_SIZES,
    model_choices,
    params_of,
    settings_of,
    updates,
)
from easel.ui.desk import Desk
from easel.ui.preview import preview
from easel.ui.strip import film, pictures
from easel.words import say

Update = dict[Any, Any]


@dataclass(frozen=True)
class Inputs:
    """The controls, in the order a person decides. Names are those of the form."""

    prompt: gr.Textbox
    model: gr.Dropdown
    shape: gr.Radio
    resolution: gr.Radio
    num_images: gr.Radio
    exact: gr.Dropdown
    seed: gr.Textbox
    negative_prompt: gr.Textbox
    num_inference_steps: gr.Textbox
    guidance_scale: gr.Textbox
    quality: gr.Radio
    output_format: gr.Radio

    def all(self) -> list[Any]:
        """Every control, in order."""
        return list(vars(self).values())


@dataclass(frozen=True)
class Outputs:
    """What changes on the screen."""

    who: gr.HTML
    hint: gr.HTML
    go: gr.Button
    stop: gr.Button
    stage: gr.HTML
    gallery: gr.Gallery
    caption: gr.HTML
    actions: gr.Row
    download: gr.DownloadButton
    again: gr.Button
    receipt_box: gr.Accordion
    receipt: gr.HTML
    film: gr.Gallery
    spend: gr.HTML


@dataclass(frozen=True)
class CreateTab:
    """The tab's parts, for the other tabs to act on."""

    inputs: Inputs
    outputs: Outputs

    def form(self, data: Update) -> dict[str, Any]:
        """The values of the controls by name."""
        return {name: data[control] for name, control in vars(self.inputs).items()}


def build_create(desk: Desk, spend: gr.HTML) -> CreateTab:
    """Lay the tab out and wire it."""
    with gr.Row(elem_id="create"):
        with gr.Column(elem_id="decide", min_width=320):
            inputs, who, go, hint = _decide()
        with gr.Column(elem_id="see", min_width=320):
            outputs = _see(who, go, hint, spend)
    tab = CreateTab(inputs, outputs)
    _wire(desk, tab)
    return tab


def _decide() -> tuple[Inputs, gr.HTML, gr.Button, gr.HTML]:
    """What a person decides, most important first; the rest is folded."""
    prompt = gr.Textbox(
        label=say("create.prompt"),
        placeholder=say("create.prompt.hint"),
        lines=4,
        max_lines=12,
        elem_id="prompt",
        autofocus=True,
    )
    model = gr.Dropdown(
        [(say("who.auto"), AUTO)], value=AUTO, label=say("create.model"), elem_id="model"
    )
    who = gr.HTML(elem_id="who")
    shape = gr.Radio([], value=None, label=say("create.shape"), elem_id="shape", visible=False)
    with gr.Row(elem_classes="pair"):
        resolution = gr.Radio([], label=say("create.resolution"), elem_id="resolution")
        num_images = gr.Radio([1], value=1, label=say("create.num_images"), elem_id="num-images")
    more = _more()
    go = gr.Button(say("create.button"), variant="primary", elem_id="go")
    hint = gr.HTML(elem_id="hint")
    return Inputs(prompt, model, shape, resolution, num_images, *more), who, go, hint


def _more() -> tuple[Any, ...]:
    """The controls few people need."""
    with gr.Accordion(say("create.more"), open=False, elem_id="more"):
        exact = gr.Dropdown(
            [(say("create.preset.none"), ""), *((s.replace("x", " × "), s) for s in EXACT_SIZES)],
            value="",
            allow_custom_value=True,
            label=say("create.preset"),
            info=say("create.preset.hint"),
            elem_id="exact",
        )
        negative = gr.Textbox(label=say("create.negative_prompt"), lines=2, elem_id="negative")
        seed = _number_box("seed", info=say("create.seed.hint"))
        with gr.Row(elem_classes="pair"):
            steps = _number_box("num_inference_steps")
            guidance = _number_box("guidance_scale")
        quality = gr.Radio([], label=say("create.quality"), elem_id="quality")
        output = gr.Radio([], label=say("create.output_format"), elem_id="format")
    return exact, seed, negative, steps, guidance, quality, output


def _number_box(name: str, info: str | None = None) -> gr.Textbox:
    """A box for a number that may stay blank; gr.Number would turn blank into 0."""
    return gr.Textbox(
        label=say(f"create.{name}"),
        info=info,
        lines=1,
        max_lines=1,
        elem_id=name.replace("_", "-"),
        html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
    )


def _see(who: gr.HTML, go: gr.Button, hint: gr.HTML, spend: gr.HTML) -> Outputs:
    """The picture, the line under it, the next steps, the session as a film strip."""
    with gr.Column(elem_id="stage-box"):
        stage = gr.HTML(cards.empty(), elem_id="stage")
        stop = gr.Button(say("create.stop"), variant="stop", visible=False, elem_id="stop")
        gallery = gr.Gallery(
            show_label=False,
            visible=False,
            elem_id="gallery",
            columns=2,
            object_fit="contain",
            preview=True,
            buttons=["fullscreen"],
            interactive=False,
        )
        caption = gr.HTML(visible=False, elem_id="caption")
        with gr.Row(visible=False, elem_id="actions") as actions:
            download = gr.DownloadButton(
                say("create.download"), variant="primary", elem_id="download", size="md"
            )
            again = gr.Button(say("create.again"), elem_id="again", size="md")
        with gr.Accordion(
            say("create.receipt"), open=False, visible=False, elem_id="receipt"
        ) as box:
            receipt = gr.HTML(elem_id="receipt-table")
    strip = gr.Gallery(
        label=say("create.film"),
        visible=False,
        elem_id="film",
        columns=20,
        rows=1,
        height=112,
        object_fit="cover",
        allow_preview=False,
        buttons=[],
        interactive=False,
    )
    return Outputs(
        who, hint, go, stop, stage, gallery, caption, actions, download, again, box, receipt,
        strip, spend,
    )  # fmt: skip


def _wire(desk: Desk, tab: CreateTab) -> None:
    """Connect the controls, the button, Stop, and the film strip."""
    ins, out = tab.inputs, tab.outputs
    everything = {*ins.all(), desk.session}
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    # The form comes raw: gradio's own check of choices knows only those of the first page load.
    raw: dict[str, Any] = {"preprocess": False, **quiet}

    async def look_ahead(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        keys = desk.keys(data[desk.session], request, token)
        return await foresee(desk, tab, tab.form(data), data[desk.session], keys)

    async def follow_model(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        return refit(tab, tab.form(data), desk.keys(data[desk.session], request, token))

    async def create(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        keys = desk.keys(data[desk.session], request, token)
        async with aclosing(run(desk, tab, tab.form(data), data[desk.session], keys)) as steps:
            async for step in steps:
                yield step

    async def stop(session: Session) -> None:
        await desk.studio.stop(session)

    async def pick(session: Session, event: gr.SelectData) -> Update:
        return show_picture(out, session, int(event.index))

    async def turn(session: Session, event: gr.SelectData) -> Any:
        return gr.update(value=picture_named(session, event.value))

    watched = [control for control in ins.all() if control is not ins.prompt]
    gr.on(
        [control.change for control in watched],
        look_ahead,
        everything,
        [out.who, out.hint, out.go],
        trigger_mode="always_last",
        **raw,
    )
    gr.on([ins.model.input, ins.resolution.input], follow_model, everything, watched, **raw)
    press: dict[str, Any] = {"concurrency_limit": None, **raw}
    changed = [*vars(out).values()]
    drawn = out.go.click(create, everything, changed, **press)
    again = out.again.click(blank_seed, None, ins.seed, **quiet)
    again = again.then(create, everything, changed, **press)
    for event in (drawn, again):
        event.failure(break_down, None, [out.stage, out.go, out.stop], **quiet)
        event.then(look_ahead, everything, [out.who, out.hint, out.go], **raw)
    out.stop.click(stop, desk.session, None, queue=False, **quiet)
    out.film.select(pick, desk.session, [*shown(out)], **quiet)
    out.gallery.select(turn, desk.session, out.download, **quiet)


async def foresee(
    desk: Desk, tab: CreateTab, form: dict[str, Any], session: Session, keys: Keyring
) -> Update:
    """The button and the lines about who answers, for the form as it stands; while a job runs
    the button stays closed."""
    ahead = await preview(desk.studio, form, keys)
    ready = ahead.ready and not desk.studio.running(session)
    return {
        tab.outputs.who: ahead.who,
        tab.outputs.hint: ahead.hint,
        tab.outputs.go: gr.update(value=ahead.button, interactive=ready),
    }


def refit(tab: CreateTab, form: dict[str, Any], keys: Keyring) -> Update:
    """Show what the chosen model has; keep what is still legal, the prompt always."""
    fitted = updates(params_of(str(form["model"] or AUTO), keys), form)
    models = gr.update(choices=model_choices(keys))
    return {tab.inputs.model: models} | {
        getattr(tab.inputs, name): update for name, update in fitted.items()
    }


async def run(
    desk: Desk, tab: CreateTab, form: dict[str, Any], session: Session, keys: Keyring
) -> AsyncGenerator[Update, None]:
    """Make the pictures, showing where the job stands; a failure stands in the picture's place."""
    out = tab.outputs
    name = str(form["model"] or AUTO)
    yield clear_stage(out)
    try:
        asked = read_asked(form["prompt"], settings_of(form, params_of(name, keys)))
        jobs = desk.studio.run(Task.TEXT_TO_IMAGE, name, asked, session, keys)
        async with aclosing(jobs):
            async for job in jobs:
                yield {out.stage: gr.update(value=cards.running(job), visible=True)}
        shown_now = show_picture(out, session, place_of(session, job.receipt))
    except StudioError as error:
        shown_now = {out.stage: gr.update(value=cards.failed(error), visible=True)}
    ended = {out.go: gr.update(interactive=True), out.stop: gr.update(visible=False)}
    yield shown_now | ended | {out.spend: cards.spend(session), out.film: film(session)}


def clear_stage(out: Outputs) -> Update:
    """The picture's place made free for a running job; the last picture is in the film strip."""
    place = [out.gallery, out.caption, out.actions, out.receipt_box]
    return {part: gr.update(visible=False) for part in place} | {
        out.go: gr.update(interactive=False),
        out.stop: gr.update(visible=True),
        out.stage: gr.update(value=cards.starting(), visible=True),
    }


def place_of(session: Session, receipt: Receipt) -> int:
    """Where a receipt's first picture stands in the film strip. Another job may have ended
    meanwhile, so the last place will not do."""
    strip = pictures(session)
    return next((at for at, (each, _) in enumerate(strip) if each is receipt), len(strip) - 1)


def show_picture(out: Outputs, session: Session, index: int) -> Update:
    """The picture at that place of the film strip, with its line and its receipt."""
    receipt, place = pictures(session)[index]
    paths = [image["path"] for image in receipt["images"]]
    return {
        out.stage: gr.update(visible=False),
        out.gallery: gr.update(value=paths, selected_index=place, visible=True),
        out.caption: gr.update(value=cards.caption(receipt), visible=True),
        out.actions: gr.update(visible=True),
        out.download: gr.update(value=paths[place]),
        out.receipt_box: gr.update(visible=True),
        out.receipt: cards.receipt_table(receipt),
    }


def show_last(desk: Desk, out: Outputs, session: Session) -> Update:
    """What stands in the picture's place after something was deleted: the last picture left,
    or the empty card; a running job is left alone."""
    if desk.studio.running(session):
        return {}
    if pictures(session):
        return show_picture(out, session, len(pictures(session)) - 1)
    place = [out.gallery, out.caption, out.actions, out.receipt_box]
    hidden = {part: gr.update(visible=False) for part in place}
    return hidden | {out.stage: gr.update(value=cards.empty(), visible=True)}


def picture_named(session: Session, chosen: Any) -> str | None:
    """The session's own path of a picture that the page names, None when it has no such one."""
    named = str(chosen["image"]["path"]) if isinstance(chosen, dict) else ""
    paths = (receipt["images"][place]["path"] for receipt, place in pictures(session))
    return next((path for path in paths if path == named), None)


def shown(out: Outputs) -> list[Any]:
    """What `show_picture` changes."""
    return [
        out.stage, out.gallery, out.caption, out.actions, out.download, out.receipt_box, out.receipt
    ]  # fmt: skip


def break_down() -> tuple[Any, Any, Any]:
    """After a fault of Easel's own: say so, and let the button be pressed again."""
    card = cards.broken()
    return (
        gr.update(value=card, visible=True),
        gr.update(interactive=True),
        gr.update(visible=False),
    )


def blank_seed() -> str:
    """The seed's box, emptied: a new one will be drawn."""
    return ""
