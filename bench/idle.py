"""What an app that nobody uses costs: its processor time beside gradio's own polling.

Run `python -m bench.idle`. Each app stands idle for ten seconds after its start; the figure is its
processor time as a share of one processor.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

START, MEASURED = 25.0, 10.0
OURS = "import app; app.main()"
GRADIOS = (
    "from quiet import prepare_environment; prepare_environment()\n"
    "from ui import launch\n"
    "launch.LOOK_FOR_WORK, launch.LOOK_FOR_PROGRESS = 0.001, 0.01\n"
    "import app; app.main()"
)


def ticks(process: subprocess.Popen[bytes]) -> int:
    """Processor time used so far, in hundredths of a second (Linux only)."""
    text = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii")
    fields = text.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def share(code: str) -> float:
    """The share of a processor that an app started by this code uses while nobody comes."""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
    try:
        time.sleep(START)
        before = ticks(process)
        time.sleep(MEASURED)
        return (ticks(process) - before) / 100 / MEASURED
    finally:
        process.terminate()
        process.wait(30)


def main() -> None:
    """Print both and their ratio."""
    theirs, ours = share(GRADIOS), share(OURS)
    print(f"gradio's own polling {theirs:.1%}, Easel's {ours:.1%}, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
