"""The carried networks, run on the processor by ncnn.

ncnn is imported when a picture is to be upscaled and not before; where it is missing, that is an
ImportError.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Final
from weakref import WeakValueDictionary

import numpy as np

from engines.upscale.errors import NetworkFailed
from engines.upscale.recipes import Net
from engines.upscale.tiles import Enlarger, Planes
from i18n import say

MODELS: Final = Path(__file__).parents[2] / "assets" / "models"

# A container often reports all processors of its host and may use two of them; more threads
# than that would only wait for one another.
THREADS: Final = min(4, os.cpu_count() or 1)

# One tile at a time in the whole process: two at once would each take half the processors and
# twice the memory. Jobs take turns tile by tile.
_turn = threading.Lock()

# A network keeps the memory it worked in for the next tile. Shared among the jobs that need it
# and forgotten with the last of them, it keeps it once, and only as long.
_loaded: WeakValueDictionary[str, _Network] = WeakValueDictionary()
_loading = threading.Lock()


def enlargers_for(nets: Sequence[Net]) -> list[Enlarger]:
    """Networks loaded (about 0.02 s each) and ready for use from any thread.

    Raises: ImportError without ncnn; NetworkFailed when a network's file is damaged.
    """
    import ncnn

    return [Enlarger(net.title, net.scale, net.context, _load(ncnn, net).enlarge) for net in nets]


def _load(ncnn: ModuleType, net: Net) -> _Network:
    with _loading:
        network = _loaded.get(net.file)
        if network is None:
            network = _loaded[net.file] = _Network(ncnn, net)
        return network


class _Network:
    """One network in memory."""

    def __init__(self, ncnn: ModuleType, net: Net) -> None:
        self._ncnn = ncnn
        self._net = net
        self._runtime = ncnn.Net()
        self._runtime.opt.use_vulkan_compute = False
        self._runtime.opt.num_threads = THREADS
        file = MODELS / net.file
        if self._runtime.load_param(f"{file}.param") or self._runtime.load_model(f"{file}.bin"):
            raise NetworkFailed(say("upscale.failed", network=net.title))

    def enlarge(self, planes: Planes) -> Planes:
        """Planes (3, height, width) as (3, height * scale, width * scale), not yet clipped."""
        net = self._net
        margin = net.margin
        if margin:
            planes = np.pad(planes, ((0, 0), (margin, margin), (margin, margin)), mode="edge")
        # ncnn.Mat takes the array's address and keeps no reference to it. Given a temporary, it
        # would read freed memory: no error, and a different picture each time. So the array has
        # a name here until the result has been copied out.
        source = np.ascontiguousarray(planes, dtype=np.float32)
        with _turn, self._runtime.create_extractor() as extractor:
            extractor.input(net.source, self._ncnn.Mat(source))
            code, found = extractor.extract(net.sink)
            # The answer lies in the network's own memory, which the next tile overwrites.
            large = np.array(found, dtype=np.float32) if code == 0 else None
        wanted = tuple((length - 2 * margin) * net.scale for length in source.shape[1:])
        if large is None or large.shape != (3, *wanted):
            raise NetworkFailed(say("upscale.failed", network=net.title))
        return large
