"""Wishes about a caption, in English, Russian or Ukrainian, turned into settings and back.

`engines.wishes.styling` lays the settings over a style; it is apart because it imports the
caption renderer's types, and understanding a wish needs no renderer.
"""

from engines.wishes.parse import CaptionWish, Parsed, parse
from engines.wishes.saying import say_back

__all__ = ["CaptionWish", "Parsed", "parse", "say_back"]
