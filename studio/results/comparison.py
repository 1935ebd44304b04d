"""A result beside the picture it was made from: what changed, and the rest put back as it was."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from types import ModuleType

from PIL import Image, UnidentifiedImageError

from engines.admission import MEGA, in_thread
from engines.intake.encode import jpeg
from engines.missing import EngineMissing
from errors import InvalidInput, NotAvailable
from i18n import say
from providers.catalogue import MODELS
from studio.results.derived import derive
from studio.results.image_files import file_name, remove, size_of, store_own
from studio.results.receipts import Receipt
from studio.session import Session
from studio.uploads import UploadedPicture, save_like, take

MAP_QUALITY = 90


@dataclass(frozen=True, slots=True)
class Differences:
    """`map`: the original in grey with what changed in colour, a file that goes with the result.
    `share` of the picture that changed, 0..1. `drift`: mean colour distance (CIE76) of the rest,
    which people begin to see at about 2."""

    map: Path
    share: float
    drift: float


async def differences(session: Session, receipt: Receipt, place: int, folder: Path) -> Differences:
    """What an edit changed. `place`: which of the result's pictures. Works in a thread, for a
    second or so a megapixel. Raises `InvalidInput` where the two cannot be compared, and
    `NotAvailable` where OpenCV is not installed."""
    made = Path(receipt["images"][place]["path"])
    before = _before(session, receipt)
    changes = await in_thread(_weight(before, made), _differences, before, made, folder)
    if old := session.results.maps.pop(receipt["id"], None):
        remove(old)
    session.results.maps[receipt["id"]] = changes.map
    return changes


async def keep_the_rest(
    session: Session, receipt: Receipt, place: int, folder: Path, limit: int
) -> Receipt:
    """A new result in the session's history: the original with only what changed taken from the
    edit. It is free, and its receipt says of what it was made. `limit`: as `Session.remember`
    takes it. Raises what `differences` raises."""
    started, before = monotonic(), _before(session, receipt)
    other = Path(receipt["images"][place]["path"])
    data = await in_thread(_weight(before, other), _kept, before, other)
    name = file_name(MODELS[receipt["model"]], datetime.now(UTC))
    made = await asyncio.to_thread(store_own, data, folder, f"{name}_kept")
    own = await asyncio.to_thread(store_own, before.read_bytes(), folder, "before")
    new = derive(receipt, [made], say("changes.kept"), monotonic() - started)
    session.results.before[new["id"]] = own.path
    session.results.remember(new, limit)
    return new


def _differences(before: Path, made: Path, folder: Path) -> Differences:
    engine, one = _engine(), _read(before).pixels()
    try:
        change = engine.compare(one, _read(made).pixels())  # the edit's pixels go with this line
    except engine.CompareError as error:
        raise InvalidInput(str(error), advice=say("changes.advice")) from error
    drawn = store_own(jpeg(engine.heat(one, change), MAP_QUALITY), folder, "changes")
    return Differences(drawn.path, change.share, change.drift)


def _kept(before: Path, made: Path) -> bytes:
    engine, original = _engine(), _read(before)
    one, other = original.pixels(), _read(made).pixels()
    try:
        mixed = engine.keep_the_rest(one, other, engine.compare(one, other))
    except engine.CompareError as error:
        raise InvalidInput(str(error), advice=say("changes.advice")) from error
    return save_like(mixed, original).data


def _weight(*paths: Path) -> float:
    """Megapixels of some pictures; none of one that is gone, which is told later."""
    area = 0
    for path in paths:
        with suppress(OSError, UnidentifiedImageError, Image.DecompressionBombError):
            width, height = size_of(path)
            area += width * height
    return area / MEGA


def _engine() -> ModuleType:
    try:
        from engines import compare  # late: it needs OpenCV
    except EngineMissing as reason:
        advice = say("changes.engine.advice", name=reason.name)
        raise NotAvailable(say("changes.engine"), created=False, advice=advice) from reason
    return compare


def _before(session: Session, receipt: Receipt) -> Path:
    before = session.results.before.get(receipt["id"])
    if before is None:
        raise InvalidInput(say("changes.none"), advice=say("changes.advice"))
    return before


def _read(path: Path) -> UploadedPicture:
    try:
        return take(path.read_bytes(), path.name)
    except FileNotFoundError as error:  # deleted meanwhile
        raise InvalidInput(say("changes.gone"), advice=say("changes.advice")) from error
