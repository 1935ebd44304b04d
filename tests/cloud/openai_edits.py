"""What comes to /v1/images/edits: a form with files, or JSON with addresses of pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from .inputs import Received, Shelf, decode, fetch, opened
from .ledger import Json
from .openai_wire import invalid, wrong

TYPES = {"image/png": "png", "image/jpeg": "jpeg", "image/webp": "webp"}
NUMBERS = ("n", "output_compression", "partial_images")
MOST, LARGEST, LARGEST_MASK = 16, 50 * 1024 * 1024, 4 * 1024 * 1024
DUPLICATE = (
    "Duplicate parameter: '{0}'. You provided multiple values for this parameter, whereas only one "
    "is allowed. If you are trying to provide a list of values, use the array syntax instead e.g. "
    "'{0}[]=<value>'."
)
SIZES = ((1024, 1024), (1536, 1024), (1024, 1536))


class Refused(Exception):
    """The request cannot be read; `answer` says why."""

    def __init__(self, answer: web.Response) -> None:
        super().__init__(answer.text)
        self.answer = answer


@dataclass
class Edit:
    """A request to edit: its fields, and its files as (name, bytes, claimed type, way)."""

    table: str
    given: Json
    files: list[tuple[str, bytes, str, str]] = field(default_factory=list)

    def pictures(self) -> list[Received]:
        """The pictures, decoded, the mask last. Raises Refused."""
        images = [each for each in self.files if each[0] != "mask"]
        if not images:
            name = "image" if self.table == "edit" else "images"
            said = f"Missing required parameter: '{name}'."
            raise Refused(invalid(name, said, "missing_required_parameter"))
        if len(images) > MOST:
            said = (f"Invalid 'image': array too long. Expected an array with maximum length {MOST}"
                    f", but got an array with length {len(images)} instead.")  # fmt: skip
            raise Refused(invalid("image", said, "array_above_max_length"))
        found = [read(number, *each) for number, each in enumerate(images, 1)]
        for each in self.files:
            if each[0] == "mask":
                found.append(masked(read(0, *each), found[0]))
        return found


def read_edit(kind: str, body: Any, shelf: Shelf) -> Edit:
    """The request, its pictures not yet decoded. Raises Refused."""
    if kind == "multipart/form-data" and isinstance(body, dict):
        return read_form(body)
    if kind == "application/json":
        if not isinstance(body, dict):
            raise Refused(wrong(400, "We could not parse the JSON body of your request."))
        return read_json(body, shelf)
    said = (f"Unsupported content type: '{kind}'. This API method only accepts "
            "'multipart/form-data' and 'application/json' requests.")  # fmt: skip
    raise Refused(wrong(400, said, code="unsupported_content_type"))


def read_form(parts: Json) -> Edit:
    """A form: `image` once or `image[]` as often as there are pictures, `mask`, and text."""
    found = Edit("edit", {})
    for name, value in parts.items():
        if isinstance(value, list) and not name.endswith("[]"):
            said = DUPLICATE.format(name)
            raise Refused(invalid(name, said, "duplicate_parameter"))
        if name in ("image", "image[]", "mask"):
            for file in value if isinstance(value, list) else [value]:
                if not isinstance(file, dict):
                    said = f"Invalid type for '{name}': expected a file, but got a string instead."
                    raise Refused(invalid(name, said, "invalid_type"))
                found.files.append((name, file["data"], file["content_type"], "form"))
        else:
            found.given[name] = typed(name, value)
    return found


def typed(name: str, value: Any) -> Any:
    """The value of a text part as JSON would have it; what is no number stays text."""
    if name in NUMBERS and isinstance(value, str) and value.isdecimal():
        return int(value)
    return {"true": True, "false": False}.get(value, value) if name == "stream" else value


def read_json(body: Json, shelf: Shelf) -> Edit:
    """JSON: `images` and `mask` as {"image_url": …}; files by id are not spoken here."""
    given = {name: value for name, value in body.items() if name not in ("images", "mask")}
    found = Edit("edit_json", given)
    images = body.get("images", [])
    if not isinstance(images, list):
        raise Refused(invalid("images", "Invalid type for 'images': expected an array.",
                              "invalid_type"))  # fmt: skip
    masks = [("mask", body["mask"])] if "mask" in body else []
    for name, item in [("images", each) for each in images] + masks:
        if not isinstance(item, dict) or len(item) != 1 or "image_url" not in item:
            said = "Expected an object with exactly one of 'image_url' or 'file_id'."
            raise Refused(invalid(name, said, "invalid_type"))
        try:
            data, claimed, way = fetch(shelf, "", "openai", str(item["image_url"]))
        except ValueError as lost:
            said = f"Error while downloading {str(item['image_url'])[:80]}."
            raise Refused(invalid("url", said, "invalid_image_url")) from lost
        found.files.append((name, data, claimed, way))
    return found


def read(number: int, name: str, data: bytes, claimed: str, way: str) -> Received:
    """One picture, of the type that it claims. Raises Refused."""
    plain = name.removesuffix("[]")
    if claimed not in TYPES:
        said = (f"Invalid file '{plain}': unsupported mimetype ('{claimed}'). Supported file "
                "formats are 'image/jpeg', 'image/png', and 'image/webp'.")  # fmt: skip
        raise Refused(invalid(plain, said, "unsupported_file_mimetype"))
    if len(data) >= LARGEST:
        raise Refused(invalid(plain, f"Invalid file '{plain}': too large.", "file_too_large"))
    said = f"Invalid image file or mode for image {number}, please check your image file."
    try:
        found = decode(plain, data, claimed, way)
    except ValueError as broken:
        raise Refused(invalid(plain, said, "invalid_image_file")) from broken
    if found.format != TYPES[claimed]:
        raise Refused(invalid(plain, said, "invalid_image_file"))
    return found


def masked(mask: Received, first: Received) -> Received:
    """The mask, when it fits: a PNG below 4 MB with alpha, as large as the first picture."""
    said = ""
    if mask.format != "png" or len(mask.data) >= LARGEST_MASK:
        said = "Invalid mask image: it must be a PNG of less than 4 MB."
    elif (mask.width, mask.height) != (first.width, first.height):
        said = "Invalid mask image: it must have the same dimensions as the image."
    elif "A" not in opened(mask.data).getbands():
        said = "Invalid mask image: it must have an alpha channel."
    if said:
        raise Refused(invalid("mask", said, "invalid_image_file"))
    return mask


def closest(received: list[Received]) -> str:
    """The size that "auto" amounts to: the one of the three that is shaped most like the input."""
    shape = received[0].width / received[0].height if received else 1.0
    width, height = min(SIZES, key=lambda size: abs(math.log(size[0] / size[1] / shape)))
    return f"{width}x{height}"


def tokens(picture: Received) -> int:
    """About what a picture counts for: one for each 32 x 32 pixels, at most 1536."""
    return min(1536, math.ceil(picture.width / 32) * math.ceil(picture.height / 32))
