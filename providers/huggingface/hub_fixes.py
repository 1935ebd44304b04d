"""What Easel uses of huggingface_hub that it does not document: how each provider behind the
router is asked. Read in huggingface_hub 2.4.0; tests/unit/test_provider_fixes.py fails when it
changes, and requirements.txt holds it to that minor version.

Why: the SDK's public `text_to_image` looks models up with the operator's token, sends a key of
another form straight to third parties, downloads without a deadline and decodes the picture. Can
go when the SDK gives a request without sending it.
"""

from __future__ import annotations

from typing import Any

from huggingface_hub.hf_api import InferenceProviderMapping
from huggingface_hub.inference._providers import PROVIDERS
from huggingface_hub.inference._providers._common import TaskProviderHelper

# The start of a key tells the SDK that the way leads through the router, not past it.
ROUTED_KEY = "hf_"


def path_of(provider: str, task: str, model: str) -> str:
    """Where a provider takes requests for a model, below its own name on the router."""
    return str(_helper(provider, task)._prepare_route(model, ROUTED_KEY)).lstrip("/")


def body_of(
    provider: str, task: str, model: str, hub_model: str, inputs: str, parameters: dict[str, Any]
) -> Any:
    """The request in a provider's own form. `model`: its name there, `hub_model`: on the hub.
    `inputs`: the prompt, or the picture of an edit as a data URI."""
    mapping = InferenceProviderMapping(  # type: ignore[no-untyped-call]
        provider=provider, hf_model_id=hub_model, providerId=model, status="live", task=task
    )
    return _helper(provider, task)._prepare_payload_as_dict(
        inputs, parameters, provider_mapping_info=mapping
    )


def _helper(provider: str, task: str) -> TaskProviderHelper:
    return PROVIDERS[provider][task]  # type: ignore[index]
