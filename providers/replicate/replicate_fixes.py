"""What Easel uses of replicate's SDK that it does not document. Read in replicate 1.0.7;
tests/unit/test_provider_fixes.py fails when it changes."""

from __future__ import annotations

from typing import Any

import httpx
from replicate.client import Client

from providers.http.client import Access, timeouts

BASE = "REPLICATE_BASE_URL"


async def call(access: Access, method: str, path: str, **how: Any) -> httpx.Response:
    """One call of Replicate's API by the SDK's client, over our way out. `how`: as httpx has it.

    Why: the SDK's own methods give models that lack the status "aborted" and drop what they do not
    know, and take no bounds for an answer. Can go when the SDK hands the raw answer out.
    """
    client = Client(
        api_token=access.key,
        base_url=access.bases[BASE],
        timeout=timeouts(),
        transport=access.transport,
    )
    answer: httpx.Response = await client._async_request(method, path, **how)
    return answer
