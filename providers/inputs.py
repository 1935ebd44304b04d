"""Pictures on their way in: what one is, and where in a request it goes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from i18n import say

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
MOST_PICTURES = 14  # Easel's own cap, whatever a provider takes


@dataclass(frozen=True, slots=True)
class InputPicture:
    """A picture on its way in, already stripped of its metadata and fitted to the model.

    `name` is what it is called in receipts, such as "picture 1". Sizes in pixels; `size` in
    bytes, read from the data where it is not given (a picture remembered has no data any more).
    """

    name: str
    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int
    size: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", self.size or len(self.data))

    @property
    def label(self) -> str:
        """It in a receipt: "picture 1: 1024×768 JPEG, 231 kB". Never its bytes."""
        kind = self.media_type.partition("/")[2].upper()
        told = {"width": self.width, "height": self.height, "kind": kind}
        return say("picture.label", name=self.name, kilobytes=-(-self.size // 1000), **told)

    @property
    def data_uri(self) -> str:
        """It as a data URI, for services that take pictures inside the request."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"

    def file_name(self, number: int) -> str:
        """A name for an upload: the user's own file name is nobody's business."""
        return f"picture-{number}.{EXTENSIONS.get(self.media_type, 'bin')}"

    def remembered(self) -> dict[str, str | int]:
        """What a record keeps of it; `recall` makes it again, without data."""
        told = ("name", "media_type", "width", "height", "size")
        return {name: getattr(self, name) for name in told}


def recall(told: Mapping[str, str | int]) -> InputPicture:
    """A picture as a record tells of it; its data is gone."""
    return InputPicture(data=b"", **told)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for pictures in a request. A request's pictures fill the slots in their order.

    `name`: what goes there, for the screens: "picture"; for a face swap "source", the face, and
    "target", the picture that is changed. `wire`: the provider's field. `many`: the field is a
    list; two slots with one field share the list. `least`, `most`: how many pictures.
    """

    name: str
    wire: str
    least: int = 1
    most: int = 1
    many: bool = False
