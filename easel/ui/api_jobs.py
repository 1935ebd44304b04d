"""The public API of money and jobs: what it would cost, where a job stands, how models do."""

from __future__ import annotations

from contextlib import aclosing
from typing import Any

import gradio as gr

from easel.providers.schema import Task
from easel.studio.ask import read_asked, read_price
from easel.studio.quote import quote
from easel.studio.receipts import public_record
from easel.studio.routing import AUTO
from easel.studio.session import Session
from easel.studio.terms import Terms
from easel.ui.api_settings import read_task, setting_boxes, settings_among
from easel.ui.desk import Desk
from easel.ui.export import public, root_of
from easel.ui.failures import as_gradio


def build_jobs_api(desk: Desk) -> None:
    """Register the endpoints."""
    _estimate(desk)
    _status(desk)
    _check(desk)
    _statistics(desk)


def _estimate(desk: Desk) -> None:
    async def estimate(
        task: str = "text-to-image",
        model: str = "auto",
        aspect_ratio: str = "1:1",
        resolution: str | None = None,
        width: int | None = None,
        height: int | None = None,
        num_images: int = 1,
        seed: int | None = None,
        negative_prompt: str | None = None,
        num_inference_steps: int | None = None,
        guidance_scale: float | None = None,
        quality: str | None = None,
        output_format: str | None = None,
        max_price: float | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
    ) -> Any:
        """Tell what a request would cost and who would get it, without sending anything.

        Args:
            task: "text-to-image".
            model: An id or alias from /list_models, or "auto".
            aspect_ratio: As in /text_to_image; so are the settings that follow.
            resolution: "1K", "2K" or "4K".
            width: Exact width in pixels.
            height: Exact height in pixels.
            num_images: How many pictures.
            seed: Where chance starts.
            negative_prompt: What should not be in the picture.
            num_inference_steps: Denoising steps.
            guidance_scale: How closely to keep to the prompt.
            quality: "low", "medium" or "high".
            output_format: "png", "jpeg" or "webp".
            max_price: US dollars for the whole request; 0 for free models only.

        Raises:
            The error /text_to_image would raise before it sends anything.

        Returns:
            The model, its provider, the price in US dollars (null for unknown) with how it is
            known and how old it is, and the most that may be spent when Auto has to go on.
        """
        settings = settings_among(locals())
        with as_gradio():
            asked = read_asked("…", settings)
            keys = desk.keys(session, request, token)
            terms = Terms(max_price=read_price(max_price))
            kind, name = read_task(task) or Task.TEXT_TO_IMAGE, str(model or "").strip()
            first = await desk.studio.choose(kind, name, asked, keys, terms)
            return quote(first, terms, pinned=name.lower() not in ("", AUTO))

    gr.Button(visible=False).click(
        estimate,
        [
            gr.Textbox("text-to-image", label="task", visible=False),
            gr.Textbox("auto", label="model", visible=False),
            *setting_boxes(),
            desk.session,
        ],
        gr.JSON(label="estimate", visible=False),
        api_name="estimate",
        concurrency_limit=None,
    )


def _status(desk: Desk) -> None:
    async def status(id: str, session: Any = None, request: gr.Request = None) -> Any:
        """Tell where a job of this session stands, without asking its provider.

        Args:
            id: The job's id, from a receipt or an error's text.

        Raises:
            An error when this session has no such job.

        Returns:
            The job: state, the moments of its states, who was asked, price, upstream id, error,
            and its pictures when it is completed.
        """
        with as_gradio():
            desk.keys(session, request)
            return _shown(desk, session, str(id), request)

    _endpoint(desk, status, "status")


def _check(desk: Desk) -> None:
    async def check(
        id: str,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
    ) -> Any:
        """Ask the provider again after a job whose outcome is open. Never submits anything.

        Args:
            id: The job's id, from a receipt or an error's text.

        Raises:
            An error when this session has no such job, or what is known when it is still open.

        Returns:
            The job as /status tells it, completed when its pictures could be fetched.
        """
        with as_gradio():
            keys = desk.keys(session, request, token)
            async with aclosing(desk.studio.check(session, str(id), keys)) as steps:
                async for _ in steps:
                    pass
            return _shown(desk, session, str(id), request)

    _endpoint(desk, check, "check")


def _statistics(desk: Desk) -> None:
    async def statistics(session: Session) -> Any:
        """Tell how each model has done, in this process and in this session.

        Returns:
            Per model: tries, successes, refusals, failures by kind, mean and 95th percentile
            seconds, mean bytes, spend. No prompts, no pictures, no keys.
        """
        return {
            "process": desk.studio.statistics.as_data(),
            "session": session.statistics.as_data(),
        }

    gr.Button(visible=False).click(
        statistics,
        desk.session,
        gr.JSON(label="statistics", visible=False),
        api_name="statistics",
        concurrency_limit=None,
    )


def _endpoint(desk: Desk, handler: Any, name: str) -> None:
    """An endpoint that takes a job's id and returns the job."""
    gr.Button(visible=False).click(
        handler,
        [gr.Textbox(label="id", visible=False), desk.session],
        gr.JSON(label="job", visible=False),
        api_name=name,
        concurrency_limit=None,
    )


def _shown(desk: Desk, session: Session, job_id: str, request: gr.Request) -> Any:
    record = public_record(desk.studio.status(session, job_id))
    return public(record, root_of(request))
