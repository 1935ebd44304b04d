"""What can keep a picture from being upscaled.

    UpscaleError
    ├── TooLarge        more pixels than the engine takes
    ├── UnreadableMode  numbers of a kind that say nothing about brightness or colour
    ├── NetworkFailed   the network gave no answer, usually for want of memory
    └── Stopped         the caller asked to stop

Each message is a sentence for people, save that of Stopped, which nobody needs to be told.
"""

from __future__ import annotations


class UpscaleError(Exception):
    """The picture was not upscaled; nothing of it is left behind."""


class TooLarge(UpscaleError):
    """The picture has more pixels than the engine takes."""


class UnreadableMode(UpscaleError):
    """The picture's numbers have no fixed black and white, such as Pillow's modes F and LAB."""


class NetworkFailed(UpscaleError):
    """The network runtime reported a failure."""


class Stopped(UpscaleError):
    """The caller's `stop` said so between two tiles."""
