"""What a browser is sent to draw the page, made lighter than gradio makes it."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

__all__ = ["lean_config"]

SCHEMAS = ("api_info", "api_info_as_input", "api_info_as_output")


def lean_config(config: dict[str, Any], public: Container[int]) -> dict[str, Any]:
    """Gradio's description of the page (`Blocks.get_config_file`), changed in place. `public`: the
    ids of the parts that endpoints take or give.

    Schemas of values are read by callers of the API alone; those that go are a quarter of it.

    Each listener is given a prototype of its own. The page is sent this as JavaScript, where that
    is what `__proto__` means, and Svelte watches no object whose prototype is another than
    Object's. While the page is built gradio compares every part with every listener, twice, and
    through what watches them that takes a third of its scripts' time (gradio 6.31, 2026-11-21,
    `python -m bench.page`). Listeners never change, so nothing need watch them.
    """
    for part in config["components"]:
        for name in SCHEMAS if part["id"] not in public else ():
            part.pop(name, None)
    for listener in config["dependencies"]:
        listener["__proto__"] = {}
    return config
