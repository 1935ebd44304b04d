"""A retouch of a picture without a face is refused on this machine, before anybody is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("cv2")

from errors import InvalidInput
from providers.schema import Task
from studio.keys import Keyring
from studio.request import read_request
from studio.service import Studio
from studio.session import Session
from studio.uploads import UploadedPicture, take
from studio.uploads.portrait import check_faces
from tests.making import Bench
from tests.unit.intake_files import saved, scene

FACE = Path(__file__).parent / "data" / "astronaut.jpg"


def faceless(mode: str = "RGB") -> UploadedPicture:
    return take(saved(scene((240, 160), mode), "PNG"), "hills.png")


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
async def test_no_face_is_a_sentence(mode: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await check_faces(Task.RETOUCH, read_request("", {}, [faceless(mode)], Task.RETOUCH))
    told = str(caught.value)
    assert "No face was found in hills.png" in told and "nothing is charged" in told


async def test_a_face_may_go_on() -> None:
    asked = read_request("", {}, [take(FACE.read_bytes(), "me.jpg")], Task.RETOUCH)
    await check_faces(Task.RETOUCH, asked)


async def test_other_tasks_need_no_face() -> None:
    await check_faces(Task.UPSCALE, read_request("", {}, [faceless()], Task.UPSCALE))


async def test_without_opencv_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    late = ("engines.faces", "engines.nets", "engines.opencv")
    for name in [name for name in sys.modules if name.startswith(late)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cv2", None)
    await check_faces(Task.RETOUCH, read_request("", {}, [faceless()], Task.RETOUCH))


async def test_nobody_is_asked(make_studio: Callable[..., Studio], bench: Bench) -> None:
    studio, session = make_studio(), Session()
    asked = read_request("", {}, [faceless()], Task.RETOUCH)
    keys = Keyring(operator={"fal": "k"})
    with pytest.raises(InvalidInput, match="No face"):
        async for _ in studio.run(Task.RETOUCH, "fal/retoucher", asked, session, keys):
            pass
    assert bench.submitted == 0 and session.spend.total == 0
