"""The folders gradio works with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gradio.routes import BUILD_PATH_LIB
from gradio.utils import get_upload_folder

# The page's scripts and style sheets as gradio brings them.
#
# Why: gradio compresses them anew for every visitor, on the event loop. Can go when it does not.
BUILT_FILES: Final = Path(BUILD_PATH_LIB)


def upload_folder() -> Path:
    """Where gradio keeps uploads and serves files from; results are written there, nowhere else.

    Why: files elsewhere would be copied into it. `GRADIO_TEMP_DIR` is documented, what gradio makes
    of it is not. Can go when gradio documents this function.
    """
    return Path(get_upload_folder())
