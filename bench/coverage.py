"""Write anew which letters the carried caption fonts have.

Run from the repository's root after a font was added or changed: python -m bench.coverage
Reading the tables takes most of a second and needs fontTools and brotli; Easel itself needs
neither.
"""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path("assets/fonts/captions")
TABLE = FOLDER / "coverage.json"


def ranges(points: set[int]) -> list[list[int]]:
    """The same code points as first and last of each stretch, in order."""
    found: list[list[int]] = []
    for point in sorted(points):
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


def coverage() -> dict[str, list[list[int]]]:
    """File name to the stretches of code points it has a glyph for."""
    files = sorted([*FOLDER.glob("*.ttf"), *FOLDER.glob("*.woff2")])
    return {path.name: ranges(set(TTFont(path).getBestCmap())) for path in files}


if __name__ == "__main__":
    TABLE.write_text(json.dumps(coverage(), separators=(",", ":")) + "\n", encoding="utf-8")
