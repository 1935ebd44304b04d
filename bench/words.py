"""Microseconds per call of each of Easel's engines for words, beside a trivial baseline.

Run from the repository's root: nice python -m bench.words
The baseline, splitting the same prompts at blanks and joining them again, runs in the same
process: machines differ and are shared, and the ratio to it is the figure to compare. The first
call, which reads the tables, is timed on its own. `python -m bench.words right` prints instead
how often languages and contradictions are told rightly on the labelled prompts of the tests.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from engines.language.detect import detect
from engines.words.compose import compose
from engines.words.contradictions import find
from engines.words.difference import difference
from engines.words.protect import mask
from engines.words.wildcards import pick
from studio.prompts.quick_line_grammar import parse

DATA = Path(__file__).parents[1] / "tests" / "unit" / "data"
PROMPTS = (
    "a {red|green|blue} fox by Anna Bell in a forest at night, 3 lamps | size=1024x768 | seed=4",
    "красивая девушка на пляже у моря, надпись «Лето», закат | model=fal/flux-dev | n=2",
    "старий замок над озером у тумані, вид з висоти пташиного польоту | ar=16:9",
)
WORK: dict[str, Callable[[str], object]] = {
    "baseline": lambda text: " ".join(text.split()),
    "quickline.parse": parse,
    "wildcards.pick": lambda text: pick(text, 1),
    "language.detect": detect,
    "protect.mask": mask,
    "contradictions.find": find,
    "difference": lambda text: difference(text, text.replace("a", "o")),
    "compose": compose,
}
ROUNDS = 5


def microseconds(work: Callable[[str], object], times: int) -> float:
    """Processor time of one call, the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(times):
            for prompt in PROMPTS:
                work(prompt)
        best = min(best, time.process_time() - start)
    return best / times / len(PROMPTS) * 1e6


def print_right() -> None:
    """Print how often each language, and each contradiction, is told rightly."""
    halves = json.loads((DATA / "languages.json").read_text(encoding="utf-8"))
    for half, rows in halves.items():
        told = [(code, detect(text)) for code, texts in rows.items() for text in texts]
        right, said = Counter(a for a, b in told if a == b), Counter(b for _, b in told)
        each = (f"{code} {right[code]}/{len(rows[code])} of {said[code]} said" for code in rows)
        print(f"language, {half}: {right.total()}/{len(told)}; {', '.join(each)}")
    halves = json.loads((DATA / "contradictions.json").read_text(encoding="utf-8"))
    for half, rows in halves.items():
        found = {(text, one.matter) for text, _ in rows for one in find(text)}
        wanted = {(text, matter) for text, matter in rows if matter}
        both = len(found & wanted)
        print(
            f"contradictions, {half}: precision {both / len(found):.2f}, "
            f"recall {both / len(wanted):.2f} of {len(wanted)} in {len(rows)} prompts"
        )


def main() -> None:
    """Print one line per engine."""
    if sys.argv[1:] == ["right"]:
        print_right()
        return
    print(f"{'':22}{'first ms':>10}{'us/call':>10}{'of baseline':>13}")
    base = 0.0
    for name, work in WORK.items():
        start = time.process_time()
        work(PROMPTS[0])
        first = (time.process_time() - start) * 1e3
        each = microseconds(work, 20 if name == "compose" else 300)
        base = base or each
        print(f"{name:22}{first:10.2f}{each:10.1f}{each / base:13.0f}")


if __name__ == "__main__":
    main()
