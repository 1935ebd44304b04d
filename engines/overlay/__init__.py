"""The caption renderer: text of any language and emoji on pictures, without a network."""

from engines.overlay.caption import (
    PREVIEW,
    Captioned,
    Told,
    caption,
    captions,
    preview,
    reduced,
)
from engines.overlay.presets import PRESETS
from engines.overlay.reading import as_data, checked, read_style
from engines.overlay.style import Glow, Outline, Plate, Shadow, Style

__all__ = [
    "PRESETS",
    "PREVIEW",
    "Captioned",
    "Glow",
    "Outline",
    "Plate",
    "Shadow",
    "Style",
    "Told",
    "as_data",
    "caption",
    "captions",
    "checked",
    "preview",
    "read_style",
    "reduced",
]
