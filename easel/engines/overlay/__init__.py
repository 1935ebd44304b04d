"""The caption renderer: text of any language and emoji on pictures, without a network."""

from easel.engines.overlay.caption import (
    PREVIEW,
    Captioned,
    Told,
    caption,
    captions,
    preview,
    reduced,
)
from easel.engines.overlay.presets import PRESETS
from easel.engines.overlay.reading import as_data, checked, read_style
from easel.engines.overlay.style import Outline, Plate, Shadow, Style

__all__ = [
    "PRESETS",
    "PREVIEW",
    "Captioned",
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
