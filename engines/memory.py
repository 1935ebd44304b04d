"""How much memory this process may use, and giving back what large pictures took."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Final

# cgroup v2 and v1: what a container may use, which `sysconf` does not tell. Kernel documentation,
# admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst, read 2026-11.
LIMITS: Final = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
# Where nothing tells, a machine is taken for a small one.
UNKNOWN: Final = 2 * 2**30


def memory_bytes(limits: tuple[Path, ...] = LIMITS) -> int:
    """Bytes of memory that this process may use: the machine's, or its container's if less."""
    return min([_machine(), *(limit for path in limits if (limit := _limit(path)))])


def give_back() -> None:
    """Return freed memory to the machine. Takes up to tens of milliseconds: call it in a thread.

    glibc keeps what was freed in the middle of its heaps, one for each thread: after a picture of
    40 megapixels that is hundreds of megabytes for as long as the process lives. Elsewhere nothing
    is done.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> ctypes._NamedFuncPointer | None:
    """glibc's malloc_trim; musl, macOS and Windows have none."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        found = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
    found.argtypes, found.restype = (ctypes.c_size_t,), ctypes.c_int
    return found


def _machine() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return UNKNOWN


def _limit(path: Path) -> int:
    """A cgroup's limit in bytes; 0 where there is none ("max"), or no such file."""
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
