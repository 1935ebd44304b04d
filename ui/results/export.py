"""Receipts as others see them: addresses instead of paths, and the history as a file."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import gradio as gr

from studio.results.image_files import remove
from studio.results.receipts import Receipt, ReceiptImage
from studio.session import Session
from studio.storage.disk_space import write_file
from ui.gradio_fixes.requests_fixes import root_url

KEPT_FILES = 5


def public(receipt: Receipt, root: str = "") -> Receipt:
    """A receipt without this machine's paths. `root`: the app's own address, for the pictures."""
    images = [_public_image(image, root) for image in receipt["images"]]
    return cast(Receipt, {**receipt, "images": images})


async def write_history(
    session: Session, folder: Path, receipts: Sequence[Receipt] | None = None
) -> Path:
    """All receipts of the session, or those given, as `history.json`, in the cache folder. Raises
    `StorageFailed`."""
    told = [public(each) for each in (session.results.history if receipts is None else receipts)]
    text = json.dumps(told, ensure_ascii=False, indent=2)
    place = folder / secrets.token_urlsafe(18) / "history.json"
    await asyncio.to_thread(write_file, place, text.encode())
    keep_file(session, place)
    return place


def keep_file(session: Session, place: Path) -> None:
    """Let a file last as long as the session, or until five more have come."""
    session.results.files.append(place)
    while len(session.results.files) > KEPT_FILES:
        remove(session.results.files.pop(0))


def root_of(request: gr.Request) -> str:
    """The address the caller reached this app at."""
    return root_url(request).partition("/gradio_api/")[0].rstrip("/")


def _public_image(image: ReceiptImage, root: str) -> dict[str, Any]:
    shown = {name: value for name, value in image.items() if name != "path"}
    return {**shown, "url": f"{root}/gradio_api/file={image['path']}"} if root else shown
