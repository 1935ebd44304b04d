"""The real app as a process of its own, on a free port, in an empty folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx
from gradio_client import Client

from providers.catalogue import PROVIDERS
from quiet import SILENCE

ROOT = Path(__file__).parents[1]
START_SECONDS = 180.0
OURS = {name for it in PROVIDERS for name in (*it.key_names, *it.bases)}
OURS |= {"MAX_WORKERS", "HISTORY_LIMIT", "SPACE_ID", "GRADIO_TEMP_DIR"}
OURS |= {name for name in os.environ if name.startswith("EASEL_")}


class App:
    """`python app.py` with these settings, and nothing of this machine's own.

    `prelude`: Python that runs first in the app's process, to shorten a time or watch from
    inside. `temp` is the system's temporary folder as the app sees it, `log` all it prints.
    """

    def __init__(self, folder: Path, settings: dict[str, str], prelude: str = "") -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.temp, self._log, self._work = folder / "temp", folder / "log.txt", folder / "work"
        for place in (self.temp, self._work):
            place.mkdir(parents=True)
        usual = {k: v for k, v in os.environ.items() if k not in OURS and "PROXY" not in k.upper()}
        own = {"GRADIO_SERVER_PORT": str(self.port), "TMPDIR": str(self.temp)}
        # A client that leaves notices at the next beat; gradio's usual 15 s only make tests slow.
        own |= {"GRADIO_HEARTBEAT_INTERVAL": "2"}
        own |= {"EASEL_DATA_DIR": str(folder / "data")}
        own |= {"PYTHONPATH": str(ROOT), "NO_PROXY": "*", **SILENCE}
        self._environment = usual | own | settings
        self._command = [sys.executable, str(ROOT / "app.py")]
        if prelude:
            self._command = [sys.executable, "-c", f"{prelude}\nimport app\napp.main()"]
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        """Begin it, or begin it anew after `kill`, at the same address over the same folders."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, cwd=self._work, env=self._environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the app ended by itself:\n{self.log}")
            try:
                if httpx.get(f"{self.url}/healthz", trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the app did not start in {START_SECONDS:.0f} s:\n{self.log}")

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def log(self) -> str:
        """All the app has printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def stop(self, seconds: float = 15) -> float:
        """End it as a container is ended; how long it took."""
        started = time.monotonic()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise
        return time.monotonic() - started

    def kill(self) -> None:
        """End it as the kernel ends what takes too much memory: at once, with no clean-up."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def client(self, download: Path | None = None, **headers: str) -> Client:
        """A gradio_client of its own session; header names are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        place: Any = str(download) if download else False
        return Client(self.url, verbose=False, download_files=place, headers=named)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def leave(*clients: Client) -> None:
    """Close clients without waiting; `Client.close` waits a second for each."""
    for client in clients:
        client._kill_heartbeat.set()


def create(client: Client, prompt: str = "a fox", **settings: Any) -> tuple[Any, dict[str, Any]]:
    """One call of /text_to_image: the files and the receipt."""
    files, receipt = client.predict(prompt=prompt, **settings, api_name="/text_to_image")
    return files, receipt
