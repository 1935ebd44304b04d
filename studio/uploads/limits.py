"""What Easel takes in at all, and what one model takes."""

from __future__ import annotations

from typing import Final

from providers.schema import Limits as PictureLimits

__all__ = ["MOST_BYTES", "MOST_PIXELS", "MOST_SIDE", "PictureLimits"]

MOST_BYTES: Final = 30 * 2**20
MOST_PIXELS: Final = 40_000_000
MOST_SIDE: Final = 65_500  # what a JPEG can hold
