"""Gradio's Blocks, kinder to callers who give fewer values than a function takes."""

from __future__ import annotations

from typing import Any

import gradio as gr


class Page(gr.Blocks):  # type: ignore[misc]
    """Fills up what a positional call leaves out at the end with the defaults.

    New parameters are only ever added at the end, so a call written for an older Easel keeps
    working. Gradio would refuse it, and write all its values into the log.
    """

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Complete the values in place; too many are gradio's to ignore."""
        inputs.extend(block.value for block in block_fn.inputs[len(inputs) :])
