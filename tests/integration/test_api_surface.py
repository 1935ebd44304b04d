"""The public API is exactly what tests/integration/data/api.json says, and no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from tests.running import App

EXPECTED = Path(__file__).parent / "data" / "api.json"


def get(app: App, path: str) -> Any:
    return httpx.get(app.url + path, trust_env=False).json()


def surface(info: dict[str, Any]) -> dict[str, Any]:
    """Names, parameters with their defaults and kinds, and what comes back."""
    return {
        name: {
            "parameters": [
                {
                    "name": each["parameter_name"],
                    "required": not each["parameter_has_default"],
                    "default": each["parameter_default"],
                    "kind": each["python_type"]["type"],
                }
                for each in endpoint["parameters"]
            ],
            "returns": [[each["label"], each["component"]] for each in endpoint["returns"]],
        }
        for name, endpoint in info["named_endpoints"].items()
    }


def test_the_exact_surface(app: App) -> None:
    info = get(app, "/gradio_api/info")
    assert surface(info) == json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert info["unnamed_endpoints"] == {}


def test_every_endpoint_and_parameter_is_described(app: App) -> None:
    for name, endpoint in get(app, "/gradio_api/info")["named_endpoints"].items():
        assert endpoint.get("description"), name


def test_nothing_else_is_public(app: App) -> None:
    names = set(json.loads(EXPECTED.read_text(encoding="utf-8")))
    public = {
        f"/{each['api_name']}"
        for each in get(app, "/config")["dependencies"]
        if each["api_visibility"] != "private"
    }
    assert public == names
