"""Play hostile calls against the running app, and judge what it says.

Run `python -m bench.hostile` (`--every 10` takes each tenth case, `--only TEXT` those named so).
Prints a line for each case: how it ended, how long it took, what was said. Ends with an error when
one of them was a 5xx, an error without a sentence, a traceback in the log, told of this machine's
folders, took longer than a person waits, or paid for what was refused; or when the app is not well
afterwards.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import httpx
from gradio_client import handle_file
from PIL import Image

from bench.hostile.cases import GOOD, Case, request_cases, value_cases
from tests.cloud import Cloud
from tests.running import App, leave

PHOTO = Path(__file__).parents[2] / "tests" / "unit" / "data" / "astronaut.jpg"
PATIENCE = 30.0
REFUSED = "refused"
ODD: tuple[Any, ...] = ([[]], "\x00", 10**30)


@dataclass(frozen=True)
class Outcome:
    """How a case ended: "answered", "refused" or a fault; what was said; seconds."""

    kind: str
    said: str
    seconds: float

    @property
    def fault(self) -> bool:
        """Whether Easel is to blame."""
        return self.kind not in ("answered", REFUSED)


def prepare(web: httpx.Client, folder: Path) -> dict[str, str]:
    """Upload the files that cases name; their file data as JSON."""
    photo = Image.open(PHOTO).convert("RGB").resize((256, 256))
    photo.save(folder / "photo.jpg")
    Image.new("RGB", (1, 1), "red").save(folder / "pixel.png")
    Image.new("1", (13000, 13000)).save(folder / "bomb.png")
    (folder / "text.png").write_text("no picture at all")
    (folder / "cut.jpg").write_bytes(PHOTO.read_bytes()[:9000])
    found = {}
    for path in sorted(folder.glob("*.*")):
        with path.open("rb") as file:
            answer = web.post("/gradio_api/upload", files={"files": (path.name, file)})
        meta = {"_type": "gradio.FileData"}
        found[path.stem] = json.dumps({"path": answer.raise_for_status().json()[0], "meta": meta})
    return found


def play(web: httpx.Client, case: Case, folder: str) -> Outcome:
    """Send one case and read how it ends."""
    start = time.monotonic()
    try:
        answer = web.request(case.method, case.path, content=case.body, headers=case.headers)
        kind, said = _judge(web, case, answer)
    except httpx.TimeoutException:
        kind, said = "no answer", f"in {PATIENCE:.0f} s"
    except httpx.TransportError as error:
        # A server may hang up on a body that it will not read; that is a refusal too.
        big = case.body is not None and len(case.body) > 2_000_000
        kind, said = (REFUSED, "hung up") if big else ("cut", str(error))
    # An upload is answered with its own place, by which later calls name it.
    places = () if case.path.endswith("/upload") else (folder,)
    for part in ("Traceback", "site-packages", *places):
        if part in said and kind in ("answered", REFUSED):
            kind = f"tells {part}"
    return Outcome(kind, " ".join(said.split())[:160], time.monotonic() - start)


def _judge(web: httpx.Client, case: Case, answer: httpx.Response) -> tuple[str, str]:
    if answer.status_code >= 500:
        return f"status {answer.status_code}", answer.text
    if answer.status_code >= 400:
        said = answer.text
        return (REFUSED, said) if re.search(r"[A-Za-z]{3}", said) else ("no sentence", said)
    if case.method != "POST" or "/call/" not in case.path or "event_id" not in answer.text:
        return "answered", answer.text[:300]
    name = case.path.removeprefix("/gradio_api/call/").removeprefix("v2/")
    with web.stream("GET", f"/gradio_api/call/{name}/{answer.json()['event_id']}") as lines:
        if lines.status_code != 200:
            return f"stream {lines.status_code}", lines.read().decode()
        return _last(lines.iter_lines())


def _last(lines: Iterator[str]) -> tuple[str, str]:
    kind, said = "", ""
    for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: ") and kind in ("complete", "error"):
            said = line.removeprefix("data: ")
    if kind == "complete":
        return "answered", "a result"  # its own addresses name the folder it is served from
    if kind != "error":
        return "no end", said
    told = json.loads(said)
    text = told.get("error") if isinstance(told, dict) else None
    return (REFUSED, text) if text and text.rstrip()[-1] in ".!?" else ("no sentence", said)


def play_client(app: App, every: int) -> Iterator[tuple[str, Outcome]]:
    """The same by gradio_client: each endpoint with nothing, and with values in wrong places."""
    client = app.client()
    picture = handle_file(str(PHOTO))
    for endpoint, good in GOOD.items():
        named = {k: picture if "$photo" in v else json.loads(v) for k, v in good.items()}
        tries: list[dict[str, Any]] = [{}]
        tries += [named | {key: odd} for key in named for odd in ODD]
        for number, given in list(enumerate(tries))[::every]:
            start = time.monotonic()
            try:
                client.predict(**given, api_name=endpoint)
                kind, said = "answered", ""
            except Exception as error:  # noqa: BLE001 - whatever a client is told
                kind, said = REFUSED, str(error)
                if not re.search(r"[A-Za-z]{3}", said) or "Traceback" in said:
                    kind = "no sentence"
            outcome = Outcome(kind, " ".join(said.split())[:160], time.monotonic() - start)
            yield f"gradio_client {endpoint} {number}", outcome
    leave(client)


def well(web: httpx.Client, app: App) -> str:
    """What is wrong with the app afterwards, "" for nothing."""
    health = web.get("/healthz")
    if health.status_code != 200:
        return f"/healthz says {health.status_code}: {health.text[:200]}"
    client = app.client()
    try:
        client.predict(prompt="a fox", model="local/sketch", api_name="/text_to_image")
    except Exception as error:  # noqa: BLE001 - whatever a client is told
        return f"a good call fails: {error}"
    finally:
        leave(client)
    return "a traceback is in the log" if "Traceback" in app.log else ""


def memory(app: App) -> float:
    """Resident memory of the app in MB (Linux)."""
    pid = app.process.pid if app.process else 0
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) / 1024


def run(every: int = 1, only: str = "") -> int:
    """Play the cases; how many faults."""
    faults = total = 0
    with Cloud() as cloud, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "files").mkdir()
        with (
            App(folder / "app", cloud.environment()) as app,
            httpx.Client(
                base_url=app.url,
                trust_env=False,
                timeout=PATIENCE,
                limits=httpx.Limits(max_keepalive_connections=0),  # one case never breaks the next
            ) as web,
        ):
            uploads = prepare(web, folder / "files")
            before = memory(app)
            cases = islice(chain(request_cases(), value_cases(uploads)), 0, None, every)
            played = (
                (case.name, play(web, case, str(folder))) for case in cases if only in case.name
            )
            for name, outcome in chain(played, play_client(app, every) if not only else ()):
                paid = len(cloud.submissions())
                cloud.reset()
                total += 1
                bad = outcome.fault or (outcome.kind == REFUSED and paid > 0)
                faults += bad
                print(
                    f"{'FAULT' if bad else 'ok':5} {outcome.kind:10} {outcome.seconds:6.2f} s "
                    f"{'PAID ' * bool(paid)}{name}: {outcome.said}"
                )
            wrong = well(web, app)
            print(f"{total} cases, {faults} faults, {memory(app) - before:+.0f} MB afterwards")
            print(wrong or "the app is well")
            if "Traceback" in app.log:
                print(app.log[-4000:])
    return faults + bool(wrong)


def main() -> None:
    """Read the command line and play."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    sys.exit(1 if run(given.every, given.only) else 0)


if __name__ == "__main__":
    main()
