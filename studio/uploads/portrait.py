"""Whether there is a face to retouch, found out on this machine before anything is paid for."""

from __future__ import annotations

from PIL import Image

from engines.admission import in_thread
from engines.missing import EngineMissing
from errors import InvalidInput
from i18n import say
from providers.schema import Task
from studio.request import UserRequest
from studio.uploads import UploadedPicture


async def check_faces(task: Task, user_request: UserRequest) -> None:
    """Raise `InvalidInput` when a retouch is asked of a picture that shows no face.

    Works in a thread, about half a second a picture. Where OpenCV is not installed nothing is
    found out, and nothing refused. A face that is tiny, turned away or badly damaged is not seen.
    """
    if task is not Task.RETOUCH:
        return
    for taken in user_request.originals:
        if not await in_thread(taken.megapixels, _shows_face, taken):
            raise InvalidInput(
                say("retouch.no_face", name=taken.name),
                field="image",
                advice=say("retouch.no_face.advice"),
            )


def _shows_face(taken: UploadedPicture) -> bool:
    """Whether a face is seen, or nobody here can tell."""
    try:
        # Late: OpenCV is needed only when somebody retouches, and may be absent.
        from engines.bands import array_of
        from engines.faces import find_faces
    except EngineMissing:
        return True
    image = taken.pixels()
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    return bool(find_faces(array_of(image)))
