"""What the body of a call may say, held against the functions of the page.

Endpoints (public functions) are called by name, or by number as gradio's clients do. The page's
own listeners are called by number alone, with what the page could send: all their values, a part
that exists as the one that was touched, and an event of the right shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import gradio as gr

from i18n import say
from ui.gradio_fixes.blocks_fixes import number_of
from ui.gradio_fixes.calls_fixes import queue_of
from ui.http.answers import Refused

SESSION: Final = re.compile(r"[A-Za-z0-9._-]{1,128}")
EVENT: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
MOST_TOKEN: Final = 4096
LONGEST_LISTED: Final = 40  # a name that is repeated in a sentence

Body = dict[str, Any]
CheckValues = Callable[[Any, list[Any]], None]


@dataclass(frozen=True)
class Endpoint:
    """A public function."""

    # Gradio's own description of it.
    fn: Any
    # Its parameters in order.
    names: tuple[str, ...]
    # Those of them without a default.
    needed: tuple[str, ...]


def session_name(name: object) -> str:
    """A session's name, if it is one. Raises `Refused`."""
    if not isinstance(name, str) or not SESSION.fullmatch(name):
        raise Refused(400, say("http.session", most=128))
    return name


class Calls:
    """The functions of one page. `check_values` raises `Refused` for values that a listener
    cannot take; it is asked where gradio would answer 500 (functions outside the queue)."""

    def __init__(self, blocks: gr.Blocks, check_values: CheckValues) -> None:
        self._blocks = blocks
        self._check_values = check_values
        self._endpoints: dict[str, Endpoint] | None = None

    @property
    def endpoints(self) -> dict[str, Endpoint]:
        """The public functions by name."""
        if self._endpoints is None:
            described = self._blocks.get_api_info()["named_endpoints"]
            public = (fn for fn in self._blocks.fns.values() if fn.api_visibility == "public")
            self._endpoints = {
                fn.api_name: _endpoint(fn, described[f"/{fn.api_name}"]["parameters"])
                for fn in public
            }
        return self._endpoints

    @property
    def pages(self) -> set[str]:
        """The pages there are, by their addresses; the first one's is blank."""
        return {page[0] for page in self._blocks.pages}

    def knows_session(self, name: str) -> bool:
        """Whether calls of this session have messages waiting, or may get some."""
        return name in queue_of(self._blocks).pending_messages_per_session

    def check_call(self, name: str, body: Body) -> None:
        """POST /call/<name>: {"data": […]}, with a session's name or none."""
        self._endpoint(name)
        if body.get("session_hash") is not None:
            session_name(body["session_hash"])
        _check_data(body)
        _check_token(body)

    def check_named(self, name: str, body: Body) -> None:
        """POST /call/v2/<name>: the parameters by name."""
        endpoint = self._endpoint(name)
        for each in body:
            if each not in endpoint.names and each != "oauth_token":
                where = {"endpoint": f"/{name}", "name": repr(each[:LONGEST_LISTED])}
                if not endpoint.names:
                    raise Refused(400, say("http.parameter.none", **where))
                names = ", ".join(endpoint.names)
                raise Refused(400, say("http.parameter", names=names, **where))
        missing = [each for each in endpoint.needed if each not in body]
        if missing:
            where = {"endpoint": f"/{name}", "name": " and ".join(missing)}
            raise Refused(400, say("http.parameter.missing", **where))
        _check_token(body)

    def check_join(self, body: Body) -> None:
        """POST /queue/join: a function by its number."""
        fn = self._numbered(body, queue=True)
        self._check_event(fn, body)

    def check_run(self, name: str, body: Body) -> None:
        """POST /run/predict: one of the page's few functions outside the queue."""
        if name != "predict" or body.get("fn_index") is None:
            raise Refused(404, say("http.none"))
        fn = self._numbered(body, queue=False)
        self._check_event(fn, body)
        self._check_values(fn, body["data"])

    def check_cancel(self, body: Body) -> None:
        """POST /cancel: the event of a session."""
        session_name(body.get("session_hash"))
        self._fn(body)
        check_event_id(body.get("event_id"))

    def check_reset(self, body: Body) -> None:
        """POST /reset: gradio does nothing with it."""
        check_event_id(body.get("event_id"))

    def _endpoint(self, name: str) -> Endpoint:
        endpoint = self.endpoints.get(name)
        if endpoint is None:
            known = {"name": repr(name[:LONGEST_LISTED]), "names": ", ".join(self.endpoints)}
            raise Refused(404, say("http.endpoint", **known))
        return endpoint

    def _fn(self, body: Body) -> Any:
        number = body.get("fn_index")
        if type(number) is not int:
            kind = say("http.kind.number")
            raise Refused(400, say("http.field", name="fn_index", kind=kind))
        fn = self._blocks.fns.get(number)
        if fn is None or fn.fn is None:
            raise Refused(404, say("http.listener"))
        return fn

    def _numbered(self, body: Body, queue: bool) -> Any:
        if body.get("session_hash") is None:
            raise Refused(400, say("http.session.missing"))
        session_name(body["session_hash"])
        fn = self._fn(body)
        if fn.queue is not queue:
            raise Refused(404, say("http.listener"))
        _check_data(body)
        _check_token(body)
        count, wanted = len(body["data"]), len(fn.inputs)
        if fn.api_visibility != "public" and count != wanted:
            raise Refused(400, say("http.values", wanted=wanted, count=count))
        return fn

    def _check_event(self, fn: Any, body: Body) -> None:
        """The part that was touched, what happened to it, and nothing else that steers gradio."""
        part = body.get("trigger_id")
        # What happens to the page itself, such as its opening, has the page's own number.
        known = type(part) is int and (
            part in self._blocks.blocks or part == number_of(self._blocks)
        )
        if part is not None and not known:
            kind = say("http.kind.number")
            raise Refused(400, say("http.field", name="trigger_id", kind=kind))
        if body.get("batched"):
            raise Refused(400, say("http.field", name="batched", kind=say("http.kind.flag")))
        for name in ("simple_format", "batched"):
            if type(body.get(name, False)) is not bool:
                raise Refused(400, say("http.field", name=name, kind=say("http.kind.flag")))
        if body.get("event_id") is not None:
            check_event_id(body["event_id"])
        if fn.collects_event_data and not self._is_selection(fn, body.get("event_data")):
            raise Refused(400, say("http.field", name="event_data", kind=say("http.kind.event")))

    def _is_selection(self, fn: Any, event_data: Any) -> bool:
        """Whether this is what a select event tells: {"index": …, "value": …}; the index is a
        point on a picture, a place among several otherwise."""
        if not isinstance(event_data, dict) or not {"index", "value"} <= event_data.keys():
            return False
        index = event_data["index"]
        parts = [self._blocks.blocks.get(part) for part, _ in fn.targets]
        if any(isinstance(part, gr.Image) for part in parts):
            return isinstance(index, list) and len(index) == 2 and all(map(_is_place, index))
        return _is_place(index)


def check_event_id(event_id: object, name: str = "event_id") -> None:
    """An id as gradio makes them. Raises `Refused`."""
    if not isinstance(event_id, str) or not EVENT.fullmatch(event_id):
        raise Refused(400, say("http.field", name=name, kind=say("http.kind.id", most=64)))


def _endpoint(fn: Any, parameters: list[dict[str, Any]]) -> Endpoint:
    names = tuple(each["parameter_name"] for each in parameters)
    needed = tuple(n["parameter_name"] for n in parameters if not n["parameter_has_default"])
    return Endpoint(fn, names, needed)


def _check_data(body: Body) -> None:
    if not isinstance(body.get("data"), list):
        raise Refused(400, say("http.field", name="data", kind=say("http.kind.list")))


def _check_token(body: Body) -> None:
    token = body.get("oauth_token")
    if token is not None and (not isinstance(token, str) or len(token) > MOST_TOKEN):
        kind = say("http.kind.text", most=MOST_TOKEN)
        raise Refused(400, say("http.field", name="oauth_token", kind=kind))


def _is_place(value: Any) -> bool:
    return type(value) is int and 0 <= value < 10**6
