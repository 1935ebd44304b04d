"""The local sketch engine: a placeholder landscape from words, without a model and without AI."""

from engines.sketch.encode import encode
from engines.sketch.scene import draw

__all__ = ["draw", "encode"]
