"""The cases as data: each parameter of each endpoint with each hostile value of its kind, and
requests that are hostile as a whole (`values.json`, `requests.json`).

A value is JSON as it goes over the wire, or how to make it: `["long", text, times]`,
`["digits", count]`, `["deep", levels]`, `["upload", which]`. A body is text, or `["wrap", before,
text, times, after]`, `["names", count]`, `["nested", levels]`, `["bytes", hex]`,
`["multipart", field, file name, content]`, `["cut multipart"]`, `["plain", text]`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SURFACE = HERE.parents[1] / "tests" / "integration" / "data" / "api.json"
KINDS = {"str": "str", "float": "float", "bool": "bool", "filepath": "picture"}
# What makes each call a good one, so that only the hostile value is at fault.
GOOD: dict[str, dict[str, str]] = {
    "/text_to_image": {"prompt": '"a fox"', "model": '"local/sketch"'},
    "/edit_image": {"images": "[$photo]", "prompt": '"make it black and white"'},
    "/retouch": {"image": "$photo", "model": '"local/retouch"'},
    "/upscale": {"image": "$photo", "model": '"local/upscale"'},
    "/swap_face": {"source": "$photo", "target": "$photo", "consent": "true"},
    "/find_faces": {"image": "$photo"},
    "/write_prompt": {"idea": '"a fox"', "model": '"local/composer"'},
    "/delete_result": {"id": '"0123456789abcdef"'},
    "/status": {"id": '"0123456789abcdef"'},
    "/check": {"id": '"0123456789abcdef"'},
    "/estimate": {"prompt": '"a fox"'},
    "/overlay_text": {"image": "$photo", "text": '"Hello"'},
    "/parse_wishes": {"wishes": '"big red letters"'},
}


@dataclass(frozen=True)
class Case:
    """One request: what it tries, and what goes over the wire."""

    name: str
    method: str
    path: str
    body: bytes | None
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


def value_cases(uploads: Mapping[str, str]) -> Iterator[Case]:
    """Each hostile value in each parameter of its kind, by name. `uploads`: file data as JSON, by
    what the file is; "photo" is the good one."""
    values = json.loads((HERE / "values.json").read_text(encoding="utf-8"))
    for endpoint, described in json.loads(SURFACE.read_text(encoding="utf-8")).items():
        good = {k: v.replace("$photo", uploads["photo"]) for k, v in GOOD.get(endpoint, {}).items()}
        path = f"/gradio_api/call/v2{endpoint}"
        yield Case(f"{endpoint} an unknown name", "POST", path, _object(good | {"nonsense": "1"}))
        for parameter in described["parameters"]:
            kind = "picture" if "filepath" in parameter["kind"] else parameter["kind"]
            for title, value in values[KINDS.get(kind, kind if kind in values else "any")]:
                name = f"{endpoint} {parameter['name']}: {title}"
                text = _value(value, uploads)
                yield Case(name, "POST", path, _object(good | {parameter["name"]: text}))


def request_cases() -> Iterator[Case]:
    """Requests that are hostile as a whole."""
    for name, method, path, body in json.loads((HERE / "requests.json").read_text("utf-8")):
        where = path if isinstance(path, str) else _wrapped(path).decode()
        content, headers = _body(body)
        yield Case(name, method, where, content, headers)


def _object(members: Mapping[str, str]) -> bytes:
    inner = ", ".join(f"{json.dumps(name)}: {text}" for name, text in members.items())
    return f"{{{inner}}}".encode()


def _value(value: Any, uploads: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return value
    kind, *rest = value
    if kind == "upload":
        return uploads[rest[0]]
    if kind == "digits":
        return "9" * int(rest[0])
    if kind == "deep":
        return "[" * int(rest[0]) + "]" * int(rest[0])
    return json.dumps(rest[0] * int(rest[1]))


def _wrapped(made: list[Any]) -> bytes:
    _, before, text, times, after = made
    return f"{before}{text * times}{after}".encode()


def _body(body: Any) -> tuple[bytes | None, dict[str, str]]:
    headers = {"Content-Type": "application/json"}
    if body is None:
        return None, {}
    if isinstance(body, str):
        return body.encode(), headers
    kind, *rest = body
    if kind == "wrap":
        return _wrapped(body), headers
    if kind == "names":
        return _object({f"name{number}": "1" for number in range(rest[0])}), headers
    if kind == "nested":
        return b'{"style": ' + b"[" * rest[0] + b"]" * rest[0] + b"}", headers
    if kind == "bytes":
        return bytes.fromhex(rest[0]), headers
    if kind == "plain":
        return rest[0].encode(), {"Content-Type": "text/plain", "Origin": "https://evil.example"}
    edge = "edge-of-parts"
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    if kind == "cut multipart":
        return f'--{edge}\r\nContent-Disposition: form-data; name="files"; fil'.encode(), headers
    named, file, content = rest
    head = f'Content-Disposition: form-data; name="{named}"; filename="{file}"'
    return f"--{edge}\r\n{head}\r\n\r\n{content}\r\n--{edge}--\r\n".encode(), headers
