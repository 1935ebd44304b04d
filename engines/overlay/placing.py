"""Where on the picture a caption goes."""

from __future__ import annotations

from engines.overlay.fitting import Frame
from engines.overlay.rules import length
from engines.overlay.style import Style

Box = tuple[int, int, int, int]


def place(width: int, height: int, style: Style, frame: Frame) -> Box:
    """The box, in pixels of the frame, for something of a size.

    It stands against the margin its position names, moved by the style's offsets, and never
    leaves the picture.
    """
    x = _against(style.position, ("left", "right"), width, frame.width, frame.margin)
    y = _against(style.position, ("top", "bottom"), height, frame.height, frame.margin)
    x += _pixels(style.dx, frame.width, frame.scale)
    y += _pixels(style.dy, frame.height, frame.scale)
    left = round(max(0.0, min(x, frame.width - width)))
    top = round(max(0.0, min(y, frame.height - height)))
    return left, top, left + width, top + height


def _against(position: str, sides: tuple[str, str], size: int, room: int, margin: float) -> float:
    if sides[0] in position:
        return margin
    return room - size - margin if sides[1] in position else (room - size) / 2


def _pixels(offset: str, whole: int, scale: float) -> float:
    number, unit = length(offset)
    return number * scale if unit == "px" else number / 100 * whole
