"""Pictures at two or four times their size, on this machine, by small carried networks."""

from engines.upscale.engine import Upscaled, upscale
from engines.upscale.errors import Stopped, TooLarge, UnreadableMode, UpscaleError
from engines.upscale.quality import jpeg_quality

__all__ = [
    "Stopped",
    "TooLarge",
    "UnreadableMode",
    "UpscaleError",
    "Upscaled",
    "jpeg_quality",
    "upscale",
]
