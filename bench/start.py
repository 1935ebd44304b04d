"""How long the app takes to start: its own way of importing gradio beside the usual one.

Run `python -m bench.start`. Each is started in a process of its own, the two in turn; the figures
are the least processor times until the page is built.
"""

from __future__ import annotations

import resource
import subprocess
import sys

ROUNDS = 3
BUILD = (
    "from quiet import prepare_environment; prepare_environment()\n"
    "from providers.catalogue import PROVIDERS\n"
    "from settings import read_settings\n"
    "{lean}"
    "from ui.launch import make_app; make_app(read_settings(PROVIDERS))\n"
)
LEAN = "from ui.gradio_fixes.import_fixes import import_gradio; import_gradio()\n"


def seconds(code: str) -> float:
    """Processor time of a Python process that runs this."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print both and their ratio."""
    usual, lean = BUILD.format(lean=""), BUILD.format(lean=LEAN)
    pairs = [(seconds(usual), seconds(lean)) for _ in range(ROUNDS)]
    theirs, ours = min(each for each, _ in pairs), min(each for _, each in pairs)
    print(f"usual import {theirs:.2f} s, Easel's {ours:.2f} s, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
