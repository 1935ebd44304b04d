"""Only files that a visitor uploaded are ever opened."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from studio.uploads.limits import MOST_BYTES
from studio.uploads.notes import refusal

MEGABYTE: Final = 2**20
# Windows has neither. A link put there since the check is not followed, a pipe not waited for.
SAFELY: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def inside(path: Path, folder: Path) -> Path:
    """The real path of an uploaded file, whatever links lead to it.

    Raises `InvalidInput` when that is outside the folder, or nothing is there.
    """
    try:
        real, home = path.resolve(strict=True), folder.resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:  # missing, a ring of links, a NUL
        raise refusal("outside") from error
    if not real.is_relative_to(home) or real == home:
        raise refusal("outside")
    return real


def read_file(path: Path, folder: Path, name: str) -> bytes:
    """The bytes of an uploaded file of at most 30 MB. Raises `InvalidInput`."""
    try:
        opened = os.open(inside(path, folder), SAFELY)
    except OSError as error:
        raise refusal("outside") from error
    try:
        about = os.fstat(opened)
        if not stat.S_ISREG(about.st_mode):
            raise refusal("outside")
        check_bytes(about.st_size, name)
        with os.fdopen(opened, "rb", closefd=False) as file:
            data = file.read(MOST_BYTES + 1)
    finally:
        os.close(opened)
    check_bytes(len(data), name)
    return data


def check_bytes(size: int, name: str) -> None:
    """Raises `InvalidInput` for an empty file and one above 30 MB."""
    if not size:
        raise refusal("empty", name=name)
    if size > MOST_BYTES:
        megabytes = f"{size / MEGABYTE:.1f}"
        raise refusal("heavy", name=name, size=megabytes, most=MOST_BYTES // MEGABYTE)
