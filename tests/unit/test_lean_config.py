"""What the page is sent: schemas only where somebody reads them, listeners that none watches."""

from __future__ import annotations

from typing import Any

from ui.gradio_fixes.blocks_fixes import lean_config

SCHEMAS = {"api_info": {"type": "string"}, "api_info_as_input": {}, "api_info_as_output": {}}


def config() -> dict[str, Any]:
    parts = [{"id": number, "props": {"label": "Prompt"}, **SCHEMAS} for number in (1, 2)]
    listeners = [{"id": 0, "targets": [[1, "click"]], "inputs": [2], "outputs": []}]
    return {"components": parts, "dependencies": listeners, "css": "p {}"}


def test_schemas_stay_where_an_endpoint_needs_them() -> None:
    public, private = lean_config(config(), {1})["components"]
    assert public == config()["components"][0]
    assert private == {"id": 2, "props": {"label": "Prompt"}}


def test_everything_else_stays() -> None:
    lean, whole = lean_config(config(), set()), config()
    (listener,) = lean["dependencies"]
    assert listener.pop("__proto__") == {}
    assert lean | {"components": []} == whole | {"components": []}
