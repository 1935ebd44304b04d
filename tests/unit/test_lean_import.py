"""Gradio is imported whole, and nothing is read or written for an editor."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import inspect, sys
opened = []
sys.addaudithook(lambda event, told: event == "open" and opened.append(str(told[0])))
real = inspect.getfile
from ui.gradio_fixes.import_fixes import import_gradio
import_gradio()
import gradio
assert inspect.getfile is real
assert inspect.getfile(gradio.Image).endswith("image.py")
assert gradio.Image(label="a").get_config()["label"] == "a"
print(len(opened), sum(path.endswith(".pyi") for path in opened))
"""


def test_no_stub_is_opened() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    opened, stubs = map(int, done.stdout.split())
    assert opened > 100
    assert stubs == 0
