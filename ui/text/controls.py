"""The controls of one caption, and the way from them to a style and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import gradio as gr

from i18n import say
from studio.captions.values import CHOICES, COLOURS, DEFAULTS, INSIDE
from ui.names import Names

# A colour that the renderer chooses.
AUTO: Final = "auto"


@dataclass(frozen=True)
class Slide:
    """A number's control: bounds, step, and what one of it is called."""

    low: float
    high: float
    step: float
    unit: str = ""


# By the path in a style. Bounds are those of overlay.reading.
SLIDES: Final[Mapping[str, Slide]] = {
    "weight": Slide(100, 900, 50),
    "line_spacing": Slide(0.7, 3, 0.05),
    "rotation": Slide(-180, 180, 1, "°"),
    "max_width": Slide(5, 100, 1, "%"),
    "opacity": Slide(0, 1, 0.05),
    "plate.opacity": Slide(0, 1, 0.05),
    "plate.padding": Slide(0, 300, 5, "%"),
    "plate.radius": Slide(0, 300, 5, "%"),
    "plate.blur": Slide(0, 200, 5, "%"),
    "outline.width": Slide(0, 30, 1, "%"),
    "shadow.opacity": Slide(0, 1, 0.05),
    "shadow.blur": Slide(0, 100, 1, "%"),
    "shadow.x": Slide(-100, 100, 1, "%"),
    "shadow.y": Slide(-100, 100, 1, "%"),
    "glow.radius": Slide(1, 150, 1, "%"),
    "glow.strength": Slide(0, 1, 0.05),
    "letter_spacing": Slide(-20, 100, 1, "%"),
}


@dataclass(frozen=True)
class Controls:
    """A caption's controls by their path in a style: "size", "plate", "plate.colour"."""

    by_path: Mapping[str, Any]

    def all(self) -> list[Any]:
        """Every control."""
        return list(self.by_path.values())

    def values(self, data: Mapping[Any, Any]) -> dict[str, Any]:
        """The raw values of an event, by path."""
        return {path: data[control] for path, control in self.by_path.items()}

    def show(self, values: Mapping[str, Any]) -> dict[Any, Any]:
        """Updates that make the controls say these values, by path."""
        return {self.by_path[path]: value for path, value in values.items()}


def build_controls(names: Names) -> Controls:
    """Lay the controls out: what most people set, then the rest folded."""
    at: dict[str, Any] = {}
    with gr.Row(elem_classes="pair"):
        at["size"] = _choice(names, "size", free=True)
        at["colour"] = _choice(names, "colour", free=True)
    at["position"] = gr.Radio(
        [(say(f"text.at.{each.replace(' ', '_')}"), each) for each in CHOICES["position"]],
        value=DEFAULTS["position"],
        label=say("text.position"),
        **names("position"),
    )
    for part in INSIDE:
        _part(names, at, part)
    with gr.Accordion(say("text.more"), open=False, **names("more")):
        with gr.Row(elem_classes="pair"):
            at["font"] = _choice(names, "font")
            at["align"] = _choice(names, "align")
        at["weight"] = _slide(names, "weight")
        with gr.Row(elem_classes="pair"):
            at["upper"] = gr.Checkbox(DEFAULTS["upper"], label=say("text.upper"), **names("upper"))
            at["italic"] = gr.Checkbox(
                DEFAULTS["italic"], label=say("text.italic"), **names("italic")
            )
        at["fit"] = gr.Radio(
            [(say(f"text.fit.{each}"), each) for each in CHOICES["fit"]],
            value=DEFAULTS["fit"], label=say("text.fit"), **names("fit"),
        )  # fmt: skip
        for name in ("letter_spacing", "line_spacing", "max_width", "rotation", "opacity"):
            at[name] = _slide(names, name)
        at["line_colours"] = gr.Textbox(
            "", label=say("text.line_colours"), placeholder=say("text.line_colours.hint"),
            max_lines=1, **names("line-colours"),
        )  # fmt: skip
        with gr.Row(elem_classes="pair"):
            for name in ("dx", "dy"):
                at[name] = gr.Textbox(
                    DEFAULTS[name], label=say(f"text.{name}"), max_lines=1, **names(name)
                )
    return Controls({path: at[path] for path in DEFAULTS})


def _part(names: Names, at: dict[str, Any], part: str) -> None:
    """A switch, and under it the controls that the style sheet shows while it is on."""
    at[part] = gr.Checkbox(False, label=say(f"text.{part}"), **names(part))
    with gr.Column(elem_id=names(part)["elem_id"] + "-more", elem_classes="at-part"):
        for name in INSIDE[part]:
            path = f"{part}.{name}"
            if name == "colour":
                at[path] = _choice(names, path, free=True)
            else:
                at[path] = _slide(names, path)


def _choice(names: Names, path: str, free: bool = False) -> gr.Dropdown:
    return gr.Dropdown(
        [(say(f"text.choice.{each}") if each == AUTO else each.capitalize(), each)
         for each in CHOICES.get(path, COLOURS)],
        value=DEFAULTS[path],
        label=say(f"text.{path.rpartition('.')[2]}"),
        allow_custom_value=free,
        info=say(f"text.{path}.hint") if path in ("size", "colour") else None,
        **names(path.replace(".", "-")),
    )  # fmt: skip


def _slide(names: Names, path: str) -> gr.Slider:
    slide = SLIDES[path]
    label = say(f"text.{path.rpartition('.')[2]}")
    return gr.Slider(
        slide.low,
        slide.high,
        value=DEFAULTS[path],
        step=slide.step,
        label=f"{label}, {slide.unit}" if slide.unit else label,
        **names(path.replace(".", "-").replace("_", "-")),
    )
