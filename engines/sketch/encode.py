"""A sketch as file bytes that say, in every format, what it is."""

from __future__ import annotations

from io import BytesIO
from typing import Final, Literal

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SOFTWARE: Final = "Easel sketch"
DESCRIPTION: Final = "Placeholder drawn by Easel's local sketch engine; not made by AI"

# EXIF tags (TIFF 6.0): ImageDescription and Software.
IMAGE_DESCRIPTION: Final = 0x010E
SOFTWARE_TAG: Final = 0x0131

OutputFormat = Literal["png", "jpeg", "webp"]


def encode(image: Image.Image, output_format: OutputFormat, seed: int) -> bytes:
    """Turn a sketch into a PNG, JPEG or WebP file that says it is a placeholder and not AI.

    The seed is written too; the prompt never is, for a picture travels farther than its words.
    PNG is level 1 (three times as fast as 6, 15 % larger), JPEG quality 92, WebP quality 90.
    """
    file = BytesIO()
    if output_format == "png":
        info = PngInfo()
        for key, value in (
            ("Software", SOFTWARE),
            ("Description", DESCRIPTION),
            ("Seed", str(seed)),
        ):
            info.add_text(key, value)
        image.save(file, "PNG", compress_level=1, pnginfo=info)
        return file.getvalue()
    exif = Image.Exif()
    exif[IMAGE_DESCRIPTION] = f"{DESCRIPTION}; seed {seed}"
    exif[SOFTWARE_TAG] = SOFTWARE
    if output_format == "jpeg":
        image.save(file, "JPEG", quality=92, exif=exif)
    else:
        image.save(file, "WEBP", quality=90, method=4, exif=exif)
    return file.getvalue()
