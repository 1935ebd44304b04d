"""What Easel uses of fal_client that it does not document. Read in fal_client 1.0.3;
tests/unit/test_provider_fixes.py fails when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fal_client import AsyncRequestHandle, Status

# The SDK breaks where one of these is missing.
FIELDS: Final = {"status": "", "queue_position": None, "logs": None}


def read_status(job: AsyncRequestHandle, body: Mapping[str, Any]) -> Status:
    """The SDK's reading of a status answer. Raises `ValueError` for a status it does not know.

    Why: its public `status` sends by itself, and reads an answer of any size. Can go when the SDK
    reads an answer that somebody else fetched.
    """
    return job._parse_status({**FIELDS, **body})
