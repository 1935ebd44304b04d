"""WaveSpeed's calls around a job: balance, models, price and uploads; none of them is paid."""

from __future__ import annotations

import re
from typing import Any, Protocol

from aiohttp import web

from .ledger import Call, Json, Ledger
from .service import Handler, answer
from .uploads import open_ticket

CREDIT = 10.0
LIMIT = 200 * 1024 * 1024
NAME = re.compile(r"^[^/\\\x00-\x1f]{1,255}$")


class Host(Protocol):
    """The service whose account it is."""

    name: str
    base: str
    ledger: Ledger
    table: Json

    def error(self, status: int, details: Json) -> web.Response:
        """The service's own answer for an HTTP error."""

    def wrong(self, model: str, given: Json) -> str:
        """What is wrong with a request, in words, or ""."""

    def cost(self, model: str, given: Json) -> float:
        """What a run costs in dollars."""

    def url(self, path: str) -> str:
        """A full address on this server."""


class Account:
    """The account of a key. Its balance falls with every job that did not fail."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        api = self.host.base + "/api/v3"
        return [
            ("GET", api + "/balance", self.balance, ""),
            ("GET", api + "/models", self.list, ""),
            ("POST", api + "/model/price", self.price, ""),
            ("POST", api + "/model/pricing", self.pricing, ""),
            ("POST", api + "/media/uploads", self.upload, "upload"),
        ]

    async def balance(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the credit of the account, in dollars; a failed job is given back."""
        with self.host.ledger.lock:
            jobs = [j for j in self.host.ledger.jobs.values() if j.service == self.host.name]
            spent = sum(j.notes.get("cost", 0) for j in jobs if j.state != "failed")
        return enveloped({"balance": round(CREDIT - spent, 6)})

    async def list(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the models with their schemas and base prices."""
        return enveloped([
            {"model_id": name, "name": name, "type": kind(row), "base_price": row["price"],
             "api_schema": {"api_schemas": [{"type": "model_run", "method": "POST",
                            "api_path": f"/api/v3/{name}", "request_schema": schema(row)}]}}
            for name, row in self.host.table.items()
        ])  # fmt: skip

    def quoted(self, body: Any) -> float | web.Response:
        """The price of a run, or the answer that says what is wrong with the question."""
        if not isinstance(body, dict) or body.get("model_id") not in self.host.table:
            return self.host.error(400, {"detail": "model_id: unknown model"})
        inputs = body.get("inputs")
        if not isinstance(inputs, dict):
            return self.host.error(400, {"detail": "inputs: value must be of type object"})
        wrong = self.host.wrong(body["model_id"], inputs)
        if wrong:
            return self.host.error(400, {"detail": wrong})
        return self.host.cost(body["model_id"], inputs)

    async def price(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST model_id and inputs: what a run would cost, in the words of WaveSpeed's own MCP
        server (2026). Creates nothing."""
        cost = self.quoted(call.body)
        if isinstance(cost, web.Response):
            return cost
        return enveloped({"model_id": call.body["model_id"], "price": cost,
                          "discounted_price": cost, "currency": "USD"})  # fmt: skip

    async def pricing(self, request: web.Request, call: Call) -> web.StreamResponse:
        """The same question at the address and in the words of the documents of 2025."""
        cost = self.quoted(call.body)
        if isinstance(cost, web.Response):
            return cost
        return enveloped({"model_id": call.body["model_id"], "unit_price": cost,
                          "currency": "USD"})  # fmt: skip

    async def upload(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST filename and size (content_type): where to PUT the bytes, and with what headers."""
        body: Any = call.body
        if not isinstance(body, dict) or set(body) - {"filename", "size", "content_type"}:
            return self.host.error(400, {"detail": "invalid upload request"})
        name, size = body.get("filename"), body.get("size")
        if not isinstance(name, str) or not NAME.match(name):
            return self.host.error(400, {"detail": "filename: property is required"})
        if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= LIMIT:
            return self.host.error(400, {"detail": "size: must be between 1 byte and 200 MB"})
        form = body.get("content_type", "application/octet-stream")
        if not isinstance(form, str) or "/" not in form:
            return self.host.error(400, {"detail": "content_type: not a media type"})
        kept = open_ticket(self.host.ledger, self.host.name, name, size, form)
        at = self.host.url(kept.path)
        return enveloped({"upload": {"method": "PUT", "url": at, "headers": kept.headers},
                          "download_url": at})  # fmt: skip


def enveloped(data: Any) -> web.Response:
    """An answer in WaveSpeed's envelope."""
    return answer({"code": 200, "message": "success", "data": data})


def kind(row: Json) -> str:
    """The task of a model, as the list names it."""
    fields = row["input"]
    if "face_image" in fields:
        return "image-face-swap"
    return "image-to-image" if {"image", "images"} & fields.keys() else "text-to-image"


def schema(row: Json) -> Json:
    """The fields as JSON schema."""
    hidden = ("required", "min_items", "max_items")
    fields = {k: {n: v for n, v in f.items() if n not in hidden} for k, f in row["input"].items()}
    for field in fields.values():
        if field["type"] == "picture":
            field["type"] = "string"
        if "items" in field:
            field["items"] = {"type": "string"}
    needed = [name for name, field in row["input"].items() if field.get("required")]
    return {"type": "object", "properties": fields, "required": needed}
