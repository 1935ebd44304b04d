"""Every row that takes pictures: they arrive as they are, once, and what was made comes back."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from errors import InvalidInput
from providers.catalogue import MODELS
from providers.inputs import MOST_PICTURES, InputPicture
from providers.schema import Model, Task
from tests.cloud import Cloud
from tests.contract.picture_rows import CASES, SMALL, TAKING, Case
from tests.contract.picture_servers import SERVED, Served
from tests.contract.play import End, check_told, create
from tests.contract.rows import PROMPT
from tests.making import in_picture

ROWS = [
    model
    for model in MODELS.values()
    if model.slots and model.status.state != "retired" and model.task is not Task.PROMPT_WRITING
]
PAID = [model for model in ROWS if model.provider != "local"]
ENDINGS = {"png": "png", "jpeg": "jpg", "webp": "webp"}


def test_every_param_of_a_row_written_out_is_tried() -> None:
    tried: dict[str, dict[str, Any]] = {}
    for case in (*CASES, *SERVED):
        tried.setdefault(case.model, {}).update(case.asked)
    assert set(tried) <= {model.id for model in PAID}
    for model in (MODELS[name] for name in tried):
        assert set(tried[model.id]) == {param.name for param in model.params}, model.id
        for param in model.params:
            only = len(param.choices) == 1
            assert only or tried[model.id][param.name] != param.default, (model.id, param.name)


def standing(cloud: Cloud, value: Any, pictures: Sequence[InputPicture]) -> Any:
    """The body with the pictures' numbers where the pictures themselves are."""
    if isinstance(value, dict):
        if "filename" in value:
            return number(value["data"], pictures)
        return {name: standing(cloud, each, pictures) for name, each in value.items()}
    if isinstance(value, list):
        return [standing(cloud, each, pictures) for each in value]
    if isinstance(value, str) and value.startswith("data:"):
        return number(base64.b64decode(value.partition(",")[2]), pictures)
    kept = {f"{cloud.url}{upload.path}": upload.data for upload in cloud.uploads()}
    return number(kept[value], pictures) if value in kept else value


def number(data: bytes | None, pictures: Sequence[InputPicture]) -> str:
    return str([picture.data for picture in pictures].index(data or b"") + 1)


def wanted(case: Case) -> Any:
    """The body of a case as its service is sent it."""
    if case.model.startswith("openai/"):  # a form, which knows no numbers
        form = {name: str(value) for name, value in case.sent.items() if name != "image[]"}
        files = case.sent["image[]"]
        return form | {"image[]": files if len(files) > 1 else files[0]}
    endpoint = MODELS[case.model].endpoint
    version = {"version": endpoint.partition(":")[2]} if ":" in endpoint else {}
    return {"input": case.sent, **version} if case.model[:9] == "replicate" else case.sent


def fields(body: dict[str, Any], pictures: Sequence[InputPicture]) -> dict[str, list[bytes]]:
    """Which picture belongs in which field, in their order."""
    numbers = {str(at): picture.data for at, picture in enumerate(pictures, 1)}
    found: dict[str, list[bytes]] = {}
    for name, value in body.items():
        if value in ("1", "2") or (isinstance(value, list) and value and value[0] in numbers):
            found[name.removesuffix("[]")] = [numbers[each] for each in value]
    return found


def received(cloud: Cloud) -> dict[str, list[bytes]]:
    """What reached the service, decoded there; each of the type and the size it was said to be."""
    (job,) = cloud.jobs()
    found: dict[str, list[bytes]] = {}
    for picture in job.received:
        assert picture.claimed == f"image/{picture.format}" and picture.metadata == ()
        found.setdefault(picture.name, []).append(picture.data)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_pictures_go_out_and_what_was_made_comes_back(
    cloud: Cloud, tmp_path: Path, case: Case
) -> None:
    given = SMALL[: case.count]
    end = await create(cloud, tmp_path, case.model, case.asked, pictures=given)
    receipt = end.receipt
    (post,) = cloud.submissions()
    assert post.path.endswith(case.path) and post.accepted
    body = standing(cloud, post.body, given)
    drawn = body.get("input", body)
    if "seed" not in case.asked:
        drawn.pop("seed", None)
    assert body == wanted(case)
    assert received(cloud) == fields(case.sent, given)
    assert cloud.ignored() == []
    check_made(cloud, receipt, case.made)
    check_receipt(receipt, case, given)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def pixels(data: bytes) -> str:
    with Image.open(io.BytesIO(data)) as image:
        return digest(image.convert("RGBA").tobytes())


def check_made(cloud: Cloud, receipt: dict[str, Any], made: tuple[str, int, int, int]) -> None:
    (job,) = cloud.jobs()
    stored = [Path(image["path"]) for image in receipt["images"]]
    served = [picture.encode() for picture in job.pictures]
    kept = [path.read_bytes() for path in stored]
    if receipt["task"] == "face-swap":  # the file says so, and its pixels are as they came
        assert [pixels(data) for data in kept] == [pixels(data) for data in served]
        assert all(b"swapped" in data for data in kept)
    else:
        assert [digest(data) for data in kept] == [digest(data) for data in served]
    form, wide, high, count = made
    found = [(image["format"], image["width"], image["height"]) for image in receipt["images"]]
    assert found == [(form, wide, high)] * count
    assert all(path.suffix == f".{ENDINGS[form]}" for path in stored)


def check_receipt(receipt: dict[str, Any], case: Case, given: Sequence[InputPicture]) -> None:
    """Labels where the pictures were; never bytes."""
    row = MODELS[case.model]
    labels = [picture.label for picture in given]
    assert receipt["asked"]["pictures"] == labels
    assert (receipt["model"], receipt["task"]) == (row.id, row.task)
    shown = {name: value for name, value in receipt["sent"].items() if name != "seed"}
    wanted = {name: value for name, value in case.sent.items() if name != "seed"}
    assert shown == {name: labelled(value, labels) for name, value in wanted.items()}
    check_bare(receipt, given)
    assert receipt["upstream_id"] and receipt["price"]["source"] == row.price.source


def labelled(value: Any, labels: Sequence[str]) -> Any:
    if isinstance(value, list):
        return [labelled(each, labels) for each in value]
    return labels[int(value) - 1] if value in ("1", "2") else value


def check_bare(record: object, given: Sequence[InputPicture]) -> None:
    """No picture stands in a record, whole or in part, as bytes or in base64."""
    text = json.dumps(record, ensure_ascii=False)
    assert "base64" not in text and "data:image" not in text
    for picture in given:
        assert base64.b64encode(picture.data).decode()[40:80] not in text


@pytest.mark.parametrize("case", SERVED, ids=lambda case: f"{case.model}-{case.server}")
async def test_a_picture_through_the_router(cloud: Cloud, tmp_path: Path, case: Served) -> None:
    serve_image(cloud, case)
    end = await create(cloud, tmp_path, case.model, case.asked)
    (post,) = cloud.submissions()
    assert post.path == f"/router/{case.path}" and post.accepted
    body = standing(cloud, post.body, SMALL)
    assert body == case.sent
    assert post.query == ({"_subdomain": "queue"} if case.server == "fal-ai" else {})
    assert received(cloud) == {case.field: [SMALL[0].data]}
    assert {name.rpartition(" ")[2] for name in cloud.ignored()} == case.unread
    check_made(cloud, end.receipt, (*case.made, 1))
    told = end.receipt["sent"]
    assert told == {"inputs": SMALL[0].label, "parameters": {"prompt": PROMPT, **case.asked}}
    assert f"Served by {case.server}." in end.receipt["warnings"]
    check_bare(end.receipt, SMALL)
    assert end.receipt["upstream_id"] == cloud.jobs()[0].id


def serve_image(cloud: Cloud, case: Served) -> None:
    """Let the hub say that one provider serves the row for edits."""
    mapping = {"providerId": case.name, "task": "image-to-image"}
    cloud.mapping(MODELS[case.model].endpoint, {case.server: mapping})


@pytest.mark.parametrize("name", TAKING)
async def test_the_least_is_enough(cloud: Cloud, tmp_path: Path, name: str) -> None:
    end = await create(cloud, tmp_path, name)
    row = MODELS[name]
    assert len(end.receipt["images"]) == 1 and len(cloud.submissions()) == 1
    assert len(cloud.jobs()[0].received) == row.least_pictures and cloud.ignored() == []
    if row.task is Task.UPSCALE:
        check_larger(end, SMALL[0])


def check_larger(end: End, given: InputPicture) -> None:
    """Larger on both sides alike, by the row's usual scale where it has one."""
    (image,) = end.receipt["images"]
    wide, high = image["width"] / given.width, image["height"] / given.height
    param = MODELS[end.receipt["model"]].param("scale")
    assert wide == high >= 2
    assert param is None or wide == param.default


SEVERAL = [model for model in PAID if model.most_pictures > model.least_pictures]


@pytest.mark.parametrize("row", SEVERAL, ids=lambda row: row.id)
async def test_as_many_as_it_takes_in_their_order(cloud: Cloud, tmp_path: Path, row: Model) -> None:
    count = row.most_pictures
    given = [in_picture(f"picture {at + 1}", (20 + at, 30)) for at in range(count)]
    end = await create(cloud, tmp_path, row.id, pictures=given)
    (found,) = received(cloud).values()
    assert found == [picture.data for picture in given] and cloud.ignored() == []
    assert len(end.receipt["asked"]["pictures"]) == count <= MOST_PICTURES


@pytest.mark.parametrize("row", PAID, ids=lambda row: row.id)
async def test_too_many_or_too_few_are_refused_before_anything_is_sent(
    cloud: Cloud, tmp_path: Path, row: Model
) -> None:
    for count in {0, row.least_pictures - 1, row.most_pictures + 1}:
        given = [in_picture(f"picture {at}") for at in range(1, count + 1)]
        end = await create(cloud, tmp_path, row.id, pictures=given)
        assert isinstance(end.error, InvalidInput) and end.error.field == "pictures"
        most = "one" if row.most_pictures == 1 else str(row.most_pictures)
        assert most in end.error.message and str(count) in end.error.message
        assert end.error.created is False
        check_told(end.error, cloud.keys)
    assert cloud.calls == []
