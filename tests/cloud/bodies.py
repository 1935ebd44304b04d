"""Reads the body of a request: JSON, the parts of a form, or plain bytes."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from .ledger import Json


async def read(request: web.Request) -> tuple[bytes, Any]:
    """The body as bytes, and parsed where it is JSON or multipart."""
    if request.content_type == "multipart/form-data":
        parts: Json = {}
        for name, value in (await request.post()).items():
            parts.setdefault(name, []).append(part(value))
        told = " ".join(str(value) for values in parts.values() for value in values)
        return told.encode(), {name: v[0] if len(v) == 1 else v for name, v in parts.items()}
    raw = await request.read()
    try:
        return raw, json.loads(raw) if raw else None
    except ValueError:
        return raw, raw


def part(value: Any) -> Any:
    """One part of a form: its text, or its file as a dict."""
    if not isinstance(value, web.FileField):
        return value
    with value.file as file:
        data = file.read()
    return {"filename": value.filename, "content_type": value.content_type, "data": data}
