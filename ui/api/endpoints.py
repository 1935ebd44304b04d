"""The public API: the pictures and the models, the same session and the same studio as the screens.

Names and parameters are fixed; `tests/integration/test_api_surface.py` holds them. What an endpoint
takes is its handler's signature, and its description the docstring.
"""

from __future__ import annotations

from typing import Any, Final

import gradio as gr

from ui.api.boxes import Boxes
from ui.api.catalogue import Catalogue
from ui.api.faces import AT_ONCE, Faces
from ui.api.jobs import Jobs
from ui.api.pictures import Pictures
from ui.api.texts import Texts
from ui.context import AppContext

QUICK: Final[dict[str, Any]] = {"concurrency_limit": None}
RUNS: Final[dict[str, Any]] = {**QUICK, "show_progress": "hidden"}
# Pictures come as gradio's file data, so that nothing is decoded before the studio has looked.
TAKES_FILES: Final[dict[str, Any]] = {**RUNS, "preprocess": False}


def build_api(context: AppContext) -> None:
    """Register the endpoints; nothing of them is seen on the page."""
    with gr.Column(visible=False):
        register(context, Boxes(context.session))


def register(context: AppContext, boxes: Boxes) -> None:
    """Give each handler its name and its components."""
    _register_tasks(context, boxes)
    _register_questions(context, boxes)


def _register_tasks(context: AppContext, boxes: Boxes) -> None:
    """What has something made."""
    pictures, faces, texts = Pictures(context), Faces(context), Texts(context)
    receipt = boxes(gr.JSON, "receipt")
    made, written = [boxes(gr.Gallery, "pictures"), receipt], [boxes(gr.Textbox, "prompt"), receipt]
    boxes.endpoint("text_to_image", pictures.text_to_image, made, **RUNS)
    boxes.endpoint("edit_image", pictures.edit_image, made, **TAKES_FILES)
    boxes.endpoint("retouch", pictures.retouch, made, **TAKES_FILES)
    boxes.endpoint("upscale", pictures.upscale, made, **TAKES_FILES)
    boxes.endpoint("swap_face", faces.swap_face, made, **TAKES_FILES)
    boxes.endpoint("overlay_text", texts.overlay_text, made, **TAKES_FILES)
    boxes.endpoint("write_prompt", texts.write_prompt, written, **TAKES_FILES)


def _register_questions(context: AppContext, boxes: Boxes) -> None:
    """What is answered at once."""
    catalogue, faces, texts, jobs = (
        Catalogue(context), Faces(context), Texts(context), Jobs(context)
    )  # fmt: skip
    job, deleted = boxes(gr.JSON, "job"), boxes(gr.JSON, "deleted")
    answers = [boxes(gr.Image, "numbered"), boxes(gr.JSON, "faces")]
    looks = {**TAKES_FILES, "concurrency_limit": AT_ONCE}
    boxes.endpoint("list_models", catalogue.list_models, boxes(gr.JSON, "models"), **QUICK)
    boxes.endpoint("estimate", catalogue.estimate, boxes(gr.JSON, "estimate"), **QUICK)
    boxes.endpoint("find_faces", faces.find_faces, answers, **looks)
    boxes.endpoint("parse_wishes", texts.parse_wishes, boxes(gr.JSON, "understood"), **RUNS)
    boxes.endpoint("status", jobs.status, job, **QUICK)
    boxes.endpoint("check", jobs.check, job, **QUICK)
    boxes.endpoint("history", jobs.history, boxes(gr.JSON, "receipts"), **QUICK)
    boxes.endpoint("delete_result", jobs.delete_result, deleted, **QUICK)
    boxes.endpoint("clear_history", jobs.clear_history, deleted, **QUICK)
    boxes.endpoint("export_history", jobs.export_history, boxes(gr.File, "file"), **QUICK)
    boxes.endpoint("statistics", jobs.statistics, boxes(gr.JSON, "statistics"), **QUICK)
