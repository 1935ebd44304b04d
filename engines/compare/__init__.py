"""What an edit changed: a map, a number for the drift of the rest, and the original kept there.

Importing this raises EngineMissing where OpenCV is not installed; import it late.
"""

from __future__ import annotations

from engines.compare.change import Change, CompareError, compare
from engines.compare.keep import heat, keep_the_rest

__all__ = ["Change", "CompareError", "compare", "heat", "keep_the_rest"]
