"""The look: gradio's theme variables and one style sheet on stable hooks.

Warm paper in light, warm charcoal in dark, thin lines, one accent for the one action and for
what is chosen. Contrast of text on its ground is at least 4.5 (tests/browser/looking.py measures
it).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import gradio as gr

from i18n import say
from ui.scripts import STATIC, script_tags

ASSETS = Path(__file__).resolve().parent.parent / "assets"
STYLE = STATIC / "studio.css"


@dataclass(frozen=True, slots=True)
class Colours:
    """The palette of one mode, as CSS colours."""

    paper: str
    card: str
    well: str
    line: str
    ink: str
    soft: str
    accent: str
    accent_hover: str
    accent_ink: str
    ok: str
    warn: str
    bad: str


LIGHT = Colours(
    paper="#f6f5f2",
    card="#ffffff",
    well="#efede8",
    line="#e0dcd4",
    ink="#1d1c1a",
    soft="#635f58",
    accent="#bf4a1a",
    accent_hover="#a83f14",
    accent_ink="#ffffff",
    ok="#2a7448",
    warn="#855a00",
    bad="#ac2f26",
)
DARK = Colours(
    paper="#161513",
    card="#1f1e1b",
    well="#181715",
    line="#36342f",
    ink="#f1efe9",
    soft="#a8a297",
    accent="#e97a45",
    accent_hover="#f08f5f",
    accent_ink="#1a0d06",
    ok="#6fc493",
    warn="#e0b252",
    bad="#f08a7e",
)


# Gradio's variables by name, each with the colour of the palette that it takes.
COLOURED: Final = {
    "body_background_fill": "paper",
    "body_text_color": "ink",
    "body_text_color_subdued": "soft",
    "background_fill_primary": "card",
    "background_fill_secondary": "paper",
    "border_color_primary": "line",
    "border_color_accent": "accent",
    "color_accent_soft": "well",
    "block_background_fill": "card",
    "block_border_color": "line",
    "block_label_background_fill": "card",
    "block_label_text_color": "ink",
    "block_title_text_color": "ink",
    "block_info_text_color": "soft",
    "panel_background_fill": "card",
    "input_background_fill": "well",
    "input_background_fill_focus": "well",
    "input_border_color": "line",
    "input_border_color_focus": "accent",
    "input_placeholder_color": "soft",
    "button_primary_background_fill": "accent",
    "button_primary_background_fill_hover": "accent_hover",
    "button_primary_border_color": "accent",
    "button_primary_border_color_hover": "accent_hover",
    "button_primary_text_color": "accent_ink",
    "button_primary_text_color_hover": "accent_ink",
    "button_secondary_background_fill": "card",
    "button_secondary_background_fill_hover": "well",
    "button_secondary_text_color": "ink",
    "button_secondary_border_color": "line",
    "button_cancel_background_fill": "card",
    "button_cancel_background_fill_hover": "well",
    "button_cancel_text_color": "bad",
    "button_cancel_border_color": "bad",
    "checkbox_label_background_fill": "well",
    "checkbox_label_background_fill_hover": "well",
    "checkbox_label_background_fill_selected": "well",
    "checkbox_label_text_color": "ink",
    "checkbox_label_text_color_selected": "ink",
    "checkbox_label_border_color": "line",
    "checkbox_label_border_color_hover": "soft",
    "checkbox_label_border_color_selected": "accent",
    "link_text_color": "accent",
    "link_text_color_hover": "accent_hover",
    "link_text_color_visited": "accent",
    "error_text_color": "bad",
    "table_border_color": "line",
    "table_even_background_fill": "card",
    "table_odd_background_fill": "card",
}


def build_theme() -> gr.themes.Base:
    """Gradio's base theme in Easel's colours, both modes."""
    theme = gr.themes.Base(
        font=["Inter", "system-ui", "sans-serif"],
        font_mono=["ui-monospace", "SFMono-Regular", "monospace"],
        radius_size=gr.themes.sizes.radius_lg,
        spacing_size=gr.themes.sizes.spacing_md,
        text_size=gr.themes.sizes.text_md,
    )
    return theme.set(**_variables())


def head() -> str:
    """What goes into the page's head: the colours as variables, and the scripts."""
    light = "".join(
        f"--{f.name.replace('_', '-')}:{getattr(LIGHT, f.name)};" for f in fields(LIGHT)
    )
    dark = "".join(f"--{f.name.replace('_', '-')}:{getattr(DARK, f.name)};" for f in fields(DARK))
    # The word on a picture's number, which the style sheet counts.
    word = f'--image:"{say("edit.image.word")} "'
    style = f":root{{{light}{word}}}.dark{{{dark}}}"
    return f"<style>{style}</style>{script_tags()}"


def _variables() -> dict[str, str]:
    """Gradio's own variables by name; the palette's change with the mode by themselves."""
    colours = {name: f"var(--{field.replace('_', '-')})" for name, field in COLOURED.items()}
    return {
        **colours,
        **{f"{name}_dark": value for name, value in colours.items()},
        "color_accent": "var(--accent)",
        "block_shadow": "none",
        "block_border_width": "0px",
        "button_border_width": "1px",
        "button_primary_shadow": "none",
        "button_secondary_shadow": "none",
        "checkbox_label_shadow": "none",
        "block_title_text_weight": "600",
        "block_label_text_weight": "600",
        "button_large_text_weight": "650",
        "body_text_weight": "400",
    }
