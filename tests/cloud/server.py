"""The cloud: one server on 127.0.0.1 with all five services, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import traceback
from contextvars import ContextVar
from typing import Any

from aiohttp import web

from . import faults, pictures, uploads
from .bodies import read
from .fal import Fal
from .huggingface import HuggingFace
from .inputs import Upload
from .ledger import SERVICES, Call, Fault, Job, Json, Ledger, Pace, service_name
from .openai import OpenAI
from .replicate import Replicate
from .service import Handler, Service
from .wavespeed import WaveSpeed

ROOMS = {
    "replicate": "replicate", "fal": "fal", "fal-run": "fal", "fal-rest": "fal", "fal-cdn": "",
    "hub": "huggingface",
    "router": "huggingface", "wavespeed": "wavespeed", "api": "wavespeed", "openai": "openai",
    "files": "files", "elsewhere": "",
}  # fmt: skip
CALL: ContextVar[Call] = ContextVar("CALL")
MAX_BODY = 128 * 1024 * 1024


class Cloud:
    """The emulators, scriptable and all-remembering. Safe to use from any thread or loop.

    A fault planned with `fail` strikes the next matching request, `times` times. Stages: submit
    (before acceptance: an HTTP error there creates no job), accepted (the job exists, the answer
    goes wrong), poll, result (fal's response call), fetch, cancel, mapping (the Hub), upload, put.
    """

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.keys = self.ledger.keys
        self.bugs: list[str] = []
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._loop = asyncio.new_event_loop()
        self._thread: threading.Thread | None = None
        self._services: dict[str, Service] = {
            kind.name: kind(self.ledger, self.url)
            for kind in (Replicate, Fal, HuggingFace, WaveSpeed, OpenAI)
        }

    def __enter__(self) -> Cloud:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Serve, in a daemon thread; returns when the port answers."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True, name="cloud")
        self._thread.start()
        ready.wait(10)

    def stop(self) -> None:
        """Stop serving and cut every open line."""
        if self._thread and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=MAX_BODY, middlewares=[self._record])
        for service in self._services.values():
            for method, path, handler, stage in service.routes():
                app.router.add_route(method, path, self._bind(service, handler, stage))
        app.router.add_route("GET", "/files/{rest:.+}", self._file)
        app.router.add_route("PUT", "/files/{rest:.+}", self._put)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        self._loop.run_until_complete(web.SockSite(runner, self._socket).start())
        ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    def _bind(self, service: Service, handler: Handler, stage: str) -> Any:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await service.handle(request, CALL.get(), handler, stage)

        return handle

    async def _file(self, request: web.Request) -> web.StreamResponse:
        CALL.get().stage = "fetch"
        return await pictures.serve(request, CALL.get(), self.ledger)

    async def _put(self, request: web.Request) -> web.StreamResponse:
        CALL.get().stage = "put"
        return await uploads.put(request, CALL.get(), self.ledger)

    @web.middleware
    async def _record(self, request: web.Request, handler: Any) -> web.StreamResponse:
        room = request.path.split("/")[1]
        call = Call(
            ROOMS.get(room, ""), request.method, request.path, dict(request.query),
            {name.lower(): text for name, text in request.headers.items()},
            None,
        )  # fmt: skip
        with self.ledger.lock:
            self.ledger.calls.append(call)
        call.raw, call.body = await read(request)
        CALL.set(call)
        try:
            answer: web.StreamResponse = await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as wrong:
            service = self._services.get(call.service)
            if service is None:
                answer = web.Response(status=wrong.status, text=wrong.reason)
            else:
                answer = service.error(wrong.status, {"path": request.path})
        except (ConnectionError, asyncio.CancelledError):
            raise
        except Exception:
            self.bugs.append(traceback.format_exc())
            raise
        cut = request.transport is None or request.transport.is_closing()
        call.status = answer.status if answer.prepared or not cut else None
        return answer

    def environment(self) -> dict[str, str]:
        """The variables that point a program at this cloud, with a good key for each service."""
        return {
            "REPLICATE_BASE_URL": f"{self.url}/replicate",
            "FAL_BASE_URL": f"{self.url}/fal",
            "HF_ENDPOINT": f"{self.url}/hub",
            "HF_ROUTER_URL": f"{self.url}/router",
            "WAVESPEED_BASE_URL": f"{self.url}/wavespeed",
            "OPENAI_BASE_URL": f"{self.url}/openai/v1",
            "REPLICATE_API_TOKEN": self.keys["replicate"],
            "FAL_KEY": self.keys["fal"],
            "HF_TOKEN": self.keys["huggingface"],
            "WAVESPEED_API_KEY": self.keys["wavespeed"],
            "OPENAI_API_KEY": self.keys["openai"],
        }

    def add_key(self, service: str, key: str) -> None:
        """Accept one more key at the service."""
        with self.ledger.lock:
            self.ledger.good[service_name(service)].add(key)

    def pace(self, service: str, queue: int = 2, steps: int = 3, delay: float = 0.05) -> None:
        """How new jobs move: polls queued, polls running, least seconds for each.

        A service that answers at once (openai, most of huggingface) takes `delay` seconds.
        """
        with self.ledger.lock:
            self.ledger.paces[service_name(service)] = Pace(queue, steps, delay)

    def fail(
        self, service: str, stage: str, kind: str | int, times: int | None = 1, **details: Any
    ) -> Fault:
        """Plan a failure; times=None means for ever. Raises ValueError for one that cannot be."""
        name = service_name(service)
        faults.check(name, stage, kind)
        fault = Fault(name, stage, kind, times, details)
        self.ledger.plan(fault)
        return fault

    def pending(self) -> list[Fault]:
        """The planned failures that have not struck as often as planned."""
        with self.ledger.lock:
            return [fault for fault in self.ledger.faults if fault.times is not None]

    def mapping(self, model: str, providers: Json | list[Json] | None) -> None:
        """Set the Hub's inferenceProviderMapping of a model; {} is served by nobody, None is
        no such model. {"fal-ai": {"providerId": "fal-ai/flux/dev"}} is enough for a provider;
        a list of items with a "provider" each comes back as a list, the Hub's other form."""
        with self.ledger.lock:
            self.ledger.mappings[model] = providers

    def writes(self, *texts: str) -> None:
        """Let the language models write these next, one for each request that asks for a text."""
        with self.ledger.lock:
            self.ledger.texts += texts

    @property
    def calls(self) -> list[Call]:
        """Every request so far, the file host's too."""
        with self.ledger.lock:
            return list(self.ledger.calls)

    def submissions(self, service: str | None = None) -> list[Call]:
        """The POSTs that ask for a paid job; `accepted` tells which created one."""
        return [call for call in self._of(service) if call.stage == "submit"]

    def cancels(self, service: str | None = None) -> list[Call]:
        """The requests to cancel a job."""
        return [call for call in self._of(service) if call.stage == "cancel"]

    def jobs(self, service: str | None = None) -> list[Job]:
        """The jobs created, oldest first."""
        with self.ledger.lock:
            name = service_name(service) if service else None
            return [job for job in self.ledger.jobs.values() if name in (None, job.service)]

    def uploads(self, service: str | None = None) -> list[Upload]:
        """The files given before a job, oldest first; those deleted are not among them."""
        with self.ledger.lock:
            name = service_name(service) if service else None
            return [kept for kept in self.ledger.uploads.values() if name in (None, kept.service)]

    def ignored(self) -> list[str]:
        """Fields that a service took without a word and did nothing with."""
        with self.ledger.lock:
            return list(self.ledger.ignored)

    def leaks(self) -> list[str]:
        """Every place where a key was seen that should not have been."""
        return self.ledger.leaks()

    def reset(self) -> None:
        """Forget everything but the port and the keys."""
        self.ledger.clear()
        self.bugs.clear()

    def _of(self, service: str | None) -> list[Call]:
        name = service_name(service) if service else None
        return [call for call in self.calls if name in (None, call.service)]


assert set(ROOMS.values()) == {*SERVICES, "files", ""}  # "": hosts that no key is for
