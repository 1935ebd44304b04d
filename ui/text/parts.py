"""The components of the Text tab, laid out; ui/text/tab.py connects them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from i18n import say
from providers.schema import Task
from studio.captions.layout import PRESET_NAMES, Layout
from ui.context import AppContext
from ui.forms.action import Action, build_action
from ui.forms.pictures import Pictures, build_pictures
from ui.listeners import anew
from ui.money import verb
from ui.names import Names, Update
from ui.text.controls import Controls, build_controls

NAMES = Names("text")


@dataclass(frozen=True)
class Words:
    """What is written, and how it should look."""

    pictures: Pictures
    # What is written.
    text: gr.Textbox
    # The look in words, and the button that applies it.
    wish: gr.Textbox
    set: gr.Button
    # How the wish was understood.
    said: gr.HTML
    # The button that asks a language model about the wish, and the model's id.
    ask: gr.Button
    asking: gr.State
    presets: dict[str, gr.Button]
    # All captions, as a `Layout`.
    layout: gr.State
    # Which of several captions the controls show.
    chosen: gr.Radio
    # Keeps only that one.
    alone: gr.Button
    # Has another value whenever something else than a hand has set the controls.
    reset: gr.State


@dataclass(frozen=True)
class Output:
    """How many results, in which format, and the style as a file."""

    per_line: gr.Checkbox
    output_format: gr.Radio
    save: gr.Button
    load: gr.UploadButton
    # The saved style; pressed by the page once it is written.
    file: gr.DownloadButton
    # What is wrong with a style that was loaded.
    loaded: gr.HTML


@dataclass(frozen=True)
class TextTab:
    """The tab's parts."""

    context: AppContext
    words: Words
    controls: Controls
    output: Output
    action: Action
    # The session's spend, at the top of the page.
    spend: gr.HTML

    def watched(self) -> set[Any]:
        """What the preview depends on."""
        words, output = self.words, self.output
        return {words.text, words.wish, words.layout, output.per_line, *self.controls.all()}

    def styled(self) -> list[Any]:
        """What changes when the controls are to show a style."""
        return [self.words.reset, *self.controls.all()]

    def show(self, layout: Layout) -> Update:
        """Make the controls show the caption that is theirs; the preview follows once."""
        return {self.words.reset: anew(), **self.controls.show(layout.values)}

    def shown(self) -> list[Any]:
        """What `show_layout` changes."""
        words = self.words
        return [words.layout, words.chosen, words.alone, words.said, *self.styled()]


def lay_out(context: AppContext, spend: gr.HTML) -> TextTab:
    """The tab, not yet wired."""
    with gr.Column(**NAMES("decide")):
        words = _words()
        controls = build_controls(NAMES)
        output = _output()
        label = say("button.free", verb=verb(Task.TEXT_OVERLAY))
        action = build_action(NAMES, gr.HTML(visible=False), label)
        gr.HTML(f'<p class="hint">{say("text.local")}</p>')
    return TextTab(context, words, controls, output, action, spend)


def _words() -> Words:
    """What most people come for: a picture, a text, a wish."""
    pictures = build_pictures(NAMES, say("text.pictures"))
    text = gr.Textbox(
        label=say("text.text"), placeholder=say("text.text.hint"), lines=3, max_lines=12,
        **NAMES("text"),
    )  # fmt: skip
    wish = gr.Textbox(
        label=say("text.wish"), placeholder=say("text.wish.hint"), lines=1, max_lines=5,
        info=say("text.wish.info"), **NAMES("wish"),
    )  # fmt: skip
    set_ = gr.Button(say("text.set"), size="md", **NAMES("set"))
    said = gr.HTML(**NAMES("said"))
    ask = gr.Button(visible=False, size="md", **NAMES("ask"))
    gr.HTML(f'<p class="label">{say("text.presets")}</p>')
    with gr.Row(**NAMES("presets")):
        presets = {
            name: gr.Button(say(f"text.preset.{name.replace(' ', '_')}"), size="sm")
            for name in PRESET_NAMES
        }
    layout = gr.State(Layout())
    chosen = gr.Radio(
        [], label=say("text.captions"), info=say("text.captions.hint"), visible=False,
        **NAMES("chosen"),
    )  # fmt: skip
    alone = gr.Button(say("text.alone"), size="sm", visible=False, **NAMES("alone"))
    return Words(
        pictures, text, wish, set_, said, ask, gr.State(""), presets, layout, chosen, alone,
        gr.State(0),
    )  # fmt: skip


def _output() -> Output:
    with gr.Accordion(say("text.output"), open=False, **NAMES("output")):
        per_line = gr.Checkbox(
            False, label=say("text.per_line"), info=say("text.per_line.hint"), **NAMES("per-line")
        )
        kinds = [(say("text.format.same"), ""), ("PNG", "png"), ("JPEG", "jpeg"), ("WebP", "webp")]
        output_format = gr.Radio(kinds, value="", label=say("text.format"), **NAMES("format"))
        with gr.Row(**NAMES("files")):
            save = gr.Button(say("text.save"), size="md", **NAMES("save"))
            load = gr.UploadButton(
                say("text.load"), file_types=[".json"], size="md", **NAMES("load")
            )
        loaded = gr.HTML(**NAMES("loaded"))
        file = gr.DownloadButton(visible="hidden", **NAMES("file"))
    return Output(per_line, output_format, save, load, file, loaded)


def show_layout(tab: TextTab, layout: Layout, said: str | None = None) -> Update:
    """The captions of a layout, one of them in the controls."""
    words, several = tab.words, len(layout.parts) > 1
    found: Update = {
        words.layout: layout,
        words.chosen: gr.update(choices=layout.choices, value=layout.at, visible=several),
        words.alone: gr.update(visible=several),
        **tab.show(layout),
    }
    return found if said is None else found | {words.said: said}


def layout_of(tab: TextTab, data: Update) -> Layout:
    """The captions as the controls now say. Raises `InvalidInput` naming a wrong control."""
    layout: Layout = data[tab.words.layout]
    return layout.with_values(tab.controls.values(data))
