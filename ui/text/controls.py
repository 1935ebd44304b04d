"""The controls of one caption, and the way from them to a style and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import gradio as gr
from PIL.ImageColor import getrgb

from engines.overlay import Glow, Outline, Plate, Shadow, Style, as_data, read_style
from engines.overlay.style import ALIGNS, AUTO, FITS, FONTS, POSITIONS, SIZES
from errors import InvalidInput
from i18n import say
from ui.names import Names

COLOURS: Final = (AUTO, "white", "black", "red", "orange", "yellow", "green", "blue", "magenta")
# Wishes speak in codes, the choices in names.
NAMED: Final = {"#{:02x}{:02x}{:02x}".format(*getrgb(each)): each for each in COLOURS[1:]}
PARTS: Final = {"plate": Plate, "outline": Outline, "shadow": Shadow, "glow": Glow}


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
INSIDE: Final = {
    "plate": ("colour", "opacity", "padding", "radius", "blur"),
    "outline": ("colour", "width"),
    "shadow": ("colour", "opacity", "blur", "x", "y"),
    "glow": ("colour", "radius", "strength"),
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

    def show(self, style: Style) -> dict[Any, Any]:
        """Updates that make the controls say what a style says."""
        return {self.by_path[path]: value for path, value in values_of(style).items()}


def style_of(values: Mapping[str, Any]) -> Style:
    """The style that the controls' values describe. Raises `InvalidInput` naming the control."""
    data: dict[str, Any] = {}
    for path, value in values.items():
        owner, _, name = path.rpartition(".")
        if path in PARTS:
            data[path] = {} if value else None
        elif not owner:
            data[path] = _read(path, value)
        elif data[owner] is not None:
            data[owner][name] = _read(path, value)
    return read_style(data)


def values_of(style: Style) -> dict[str, Any]:
    """What the controls say for a style; a part it lacks shows its usual values, switched off."""
    data = as_data(style)
    values: dict[str, Any] = {}
    for path, value in data.items():
        if path in PARTS:
            inside = value or vars(PARTS[path]())
            values[path] = value is not None
            values |= {f"{path}.{name}": inside[name] for name in INSIDE[path]}
        elif path == "line_colours":
            values[path] = ", ".join(NAMED.get(each, each) for each in value)
        else:
            values[path] = value
    return {path: NAMED.get(value, value) for path, value in values.items()}


def _read(path: str, value: Any) -> Any:
    """A raw value as a style takes it; blank shifts are none."""
    if path in ("dx", "dy"):
        text = str(value or "0%").strip()
        return text if text.endswith(("%", "px")) else f"{text}px"
    if path == "line_colours":
        return [each.strip() for each in str(value or "").split(",") if each.strip()]
    if path in SLIDES and value is None:
        raise InvalidInput(say("text.number", field=path), field=path)
    return value


def build_controls(names: Names) -> Controls:
    """Lay the controls out: what most people set, then the rest folded."""
    usual = Style()
    at: dict[str, Any] = {}
    with gr.Row(elem_classes="pair"):
        at["size"] = _choice(names, "size", list(SIZES), usual.size, free=True)
        at["colour"] = _choice(names, "colour", list(COLOURS), usual.colour, free=True)
    at["position"] = gr.Radio(
        [(say(f"text.at.{each.replace(' ', '_')}"), each) for each in POSITIONS],
        value=usual.position,
        label=say("text.position"),
        **names("position"),
    )
    for part, kind in PARTS.items():
        _part(names, at, part, vars(kind()))
    with gr.Accordion(say("text.more"), open=False, **names("more")):
        with gr.Row(elem_classes="pair"):
            at["font"] = _choice(names, "font", list(FONTS), usual.font)
            at["align"] = _choice(names, "align", list(ALIGNS), usual.align)
        at["weight"] = _slide(names, "weight", usual.weight)
        with gr.Row(elem_classes="pair"):
            at["upper"] = gr.Checkbox(usual.upper, label=say("text.upper"), **names("upper"))
            at["italic"] = gr.Checkbox(usual.italic, label=say("text.italic"), **names("italic"))
        at["fit"] = gr.Radio(
            [(say(f"text.fit.{each}"), each) for each in FITS],
            value=usual.fit, label=say("text.fit"), **names("fit"),
        )  # fmt: skip
        for name in ("letter_spacing", "line_spacing", "max_width", "rotation", "opacity"):
            at[name] = _slide(names, name, getattr(usual, name))
        at["line_colours"] = gr.Textbox(
            "", label=say("text.line_colours"), placeholder=say("text.line_colours.hint"),
            max_lines=1, **names("line-colours"),
        )  # fmt: skip
        with gr.Row(elem_classes="pair"):
            for name in ("dx", "dy"):
                at[name] = gr.Textbox(
                    getattr(usual, name), label=say(f"text.{name}"), max_lines=1, **names(name)
                )
    return Controls({path: at[path] for path in values_of(usual)})


def _part(names: Names, at: dict[str, Any], part: str, usual: Mapping[str, Any]) -> None:
    """A switch, and under it the controls that the style sheet shows while it is on."""
    at[part] = gr.Checkbox(False, label=say(f"text.{part}"), **names(part))
    with gr.Column(elem_id=names(part)["elem_id"] + "-more", elem_classes="at-part"):
        for name in INSIDE[part]:
            path = f"{part}.{name}"
            if name == "colour":
                at[path] = _choice(names, path, list(COLOURS), usual[name], free=True)
            else:
                at[path] = _slide(names, path, usual[name])


def _choice(
    names: Names, path: str, choices: list[str], value: str, free: bool = False
) -> gr.Dropdown:
    return gr.Dropdown(
        [(say(f"text.choice.{each}") if each == AUTO else each.capitalize(), each)
         for each in choices],
        value=value,
        label=say(f"text.{path.rpartition('.')[2]}"),
        allow_custom_value=free,
        info=say(f"text.{path}.hint") if path in ("size", "colour") else None,
        **names(path.replace(".", "-")),
    )  # fmt: skip


def _slide(names: Names, path: str, value: float) -> gr.Slider:
    slide = SLIDES[path]
    label = say(f"text.{path.rpartition('.')[2]}")
    return gr.Slider(
        slide.low,
        slide.high,
        value=value,
        step=slide.step,
        label=f"{label}, {slide.unit}" if slide.unit else label,
        **names(path.replace(".", "-").replace("_", "-")),
    )
