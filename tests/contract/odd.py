"""Odd values, odd bodies, and a good answer of every call to bend: data for test_odd."""

from __future__ import annotations

from typing import Any

ODD: tuple[Any, ...] = (None, "", "x", "\x00 \u2028", 0, -1, 1e300, 10**400, True, [], [None],
                        [1], ["x"], [[]], [{}], {}, {"x": 1}, {"url": None},
                        [[[[["deep"]]]]])  # fmt: skip
BODIES = (b"", b"null", b"[]", b"[1]", b'["Model is too busy"]', b'[{"detail": "x"}]', b"1", b'"x"',
          b"{}", b"\xff\xfe", b"<html>", b"{" * 5000, b"[" * 200_000, b'{"a":' * 100_000,
          b"NaN", b'{"status": NaN}')  # fmt: skip
STATUSES = (200, 201, 202, 204, 301, 400, 401, 402, 403, 404, 409, 418, 422, 429, 451, 499, 500,
            502, 503, 504, 524, 599)  # fmt: skip
FAL_URL = "https://queue.fal.run/fal-ai/flux/requests/1"
PICTURE = "https://files.example/1.png"
PROBLEM = {"detail": [{"loc": ["body", "seed"], "msg": "no", "type": "x", "ctx": {}}],
           "error_type": "bad", "error": {"message": "no", "code": "c", "param": "p"},
           "invalid_fields": [{"field": "input.seed", "type": "t"}], "code": 400,
           "message": "no", "status": 400, "title": "Bad"}  # fmt: skip

# A call of an adapter: the row, submit or poll, and good answers to what it asks in turn.
CALLS: dict[str, tuple[str, str, list[Any]]] = {
    "fal submit": ("fal/flux-dev", "submit", [
        {"request_id": "1", "status": "IN_QUEUE", "queue_position": 0, "status_url": FAL_URL,
         "response_url": FAL_URL, "cancel_url": FAL_URL}]),
    "fal queued": ("fal/flux-dev", "poll", [{"status": "IN_QUEUE", "queue_position": 1}]),
    "fal running": ("fal/flux-dev", "poll", [
        {"status": "IN_PROGRESS", "logs": [{"message": "step 1", "level": "INFO"}]}]),
    "fal failed": ("fal/flux-dev", "poll", [
        {"status": "COMPLETED", "logs": [], "metrics": {"inference_time": 1},
         "error": "no", "error_type": "content_policy_violation"}]),
    "fal done": ("fal/flux-dev", "poll", [
        {"status": "COMPLETED", "logs": [], "metrics": {}},
        {"images": [{"url": PICTURE, "width": 1, "content_type": "image/png"}], "seed": 1,
         "has_nsfw_concepts": [False], "description": "x", "timings": {}}]),
    "fal cancel": ("fal/flux-dev", "cancel", [{"status": "CANCELLATION_REQUESTED"}]),
    "replicate submit": ("replicate/flux-schnell", "submit", [
        {"id": "1", "status": "starting", "urls": {"get": PICTURE, "cancel": PICTURE}}]),
    "replicate running": ("replicate/flux-schnell", "poll", [
        {"id": "1", "status": "processing", "logs": "50%|x| 1/2", "error": None}]),
    "replicate failed": ("replicate/flux-schnell", "poll", [
        {"id": "1", "status": "failed", "error": "NSFW", "logs": "x"}]),
    "replicate done": ("replicate/flux-schnell", "poll", [
        {"id": "1", "status": "succeeded", "output": [PICTURE], "data_removed": False}]),
    "replicate cancel": ("replicate/flux-schnell", "cancel", [{"id": "1", "status": "canceled"}]),
    "wavespeed submit": ("wavespeed/flux-dev", "submit", [
        {"code": 200, "message": "success", "data": {"id": "1", "status": "created",
         "outputs": [], "urls": {"get": PICTURE}}}]),
    "wavespeed running": ("wavespeed/flux-dev", "poll", [
        {"code": 200, "data": {"id": "1", "status": "processing", "error": ""}}]),
    "wavespeed failed": ("wavespeed/flux-dev", "poll", [
        {"code": 200, "data": {"id": "1", "status": "failed", "error": "no",
         "has_nsfw_contents": [True]}}]),
    "wavespeed done": ("wavespeed/flux-dev", "poll", [
        {"code": 200, "data": {"id": "1", "status": "completed", "outputs": [PICTURE],
         "has_nsfw_contents": [False]}}]),
    "openai submit": ("openai/gpt-image-2", "submit", [
        {"created": 1, "data": [{"b64_json": "aaaa", "url": None}], "usage": {}}]),
    "hub": ("huggingface/flux-dev", "serves", [
        {"id": "x", "inferenceProviderMapping": {"fal-ai": {"status": "live", "providerId": "a/b",
         "task": "text-to-image"}}}]),
    "hub list": ("huggingface/flux-dev", "serves", [
        {"inferenceProviderMapping": [{"provider": "fal-ai", "status": "live",
         "providerId": "a/b", "task": "text-to-image"}]}]),
    "router fal": ("huggingface/flux-dev", "submit", [
        {"inferenceProviderMapping": {"fal-ai": {"status": "live", "providerId": "a/b",
         "task": "text-to-image"}}},
        {"images": [{"url": PICTURE}], "seed": 1, "has_nsfw_concepts": [False]}]),
    "router replicate": ("huggingface/flux-dev", "submit", [
        {"inferenceProviderMapping": {"replicate": {"status": "live", "providerId": "a/b",
         "task": "text-to-image"}}},
        {"id": "1", "status": "processing", "output": None, "error": None,
         "urls": {"get": "https://api.replicate.com/v1/predictions/1"}}]),
    "router wavespeed": ("huggingface/flux-dev", "submit", [
        {"inferenceProviderMapping": {"wavespeed": {"status": "live", "providerId": "a/b",
         "task": "text-to-image"}}},
        {"code": 200, "data": {"id": "1", "status": "created", "outputs": [], "urls":
         {"get": "https://api.wavespeed.ai/api/v3/predictions/1/result"}}}]),
    "router nscale": ("huggingface/flux-dev", "submit", [
        {"inferenceProviderMapping": {"nscale": {"status": "live", "providerId": "a/b",
         "task": "text-to-image"}}},
        {"data": [{"b64_json": "aaaa"}], "id": "1"}]),
    "router poll": ("huggingface/flux-dev", "poll", [
        {"code": 200, "data": {"id": "1", "status": "completed", "outputs": [PICTURE],
         "error": "", "urls": {"get": PICTURE}, "has_nsfw_contents": [False]}}]),
}  # fmt: skip
# Those whose failures an adapter reads in its own way; the others share one of these.
EXPLAINED = ("fal submit", "fal done", "fal cancel", "replicate submit", "replicate done",
             "wavespeed submit", "wavespeed done", "openai submit", "router fal")  # fmt: skip
