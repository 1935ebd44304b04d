"""How many wishes a second are understood, beside only cutting the same texts into words.

Run from the repository's root: python -m bench.wishes
The baseline is Python's own `re` finding words and numbers, measured in the same run; machines
differ and are shared, so the ratio is the figure to compare. Tables are built once, before.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from engines.wishes import parse

DATA = Path(__file__).parents[1] / "tests" / "unit" / "data" / "wishes.json"
WORDS = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?|[#%°,;:]")
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one run: other programs on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the figures of the best of five rounds."""
    texts = [row["text"] for row in json.loads(DATA.read_text(encoding="utf-8"))]
    first = seconds(lambda: parse(texts[0]))
    understood = min(seconds(lambda: [parse(text) for text in texts]) for _ in range(ROUNDS))
    cut = min(seconds(lambda: [WORDS.findall(text) for text in texts]) for _ in range(ROUNDS))
    noise = seconds(lambda: parse("qwzrt йцвщк " * 2_000))
    print(f"first wish, building the tables  {first * 1000:8.1f} ms")
    print(f"understood                       {len(texts) / understood:8.0f} wishes/s")
    print(f"cut into words only (re)         {len(texts) / cut:8.0f} wishes/s")
    print(f"one wish                         {understood / len(texts) * 1000:8.3f} ms")
    print(f"ratio to the baseline            {understood / cut:8.1f}")
    print(f"24,000 characters of noise       {noise * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
