"""The neural networks that Easel carries, each loaded once and asked by one thread at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engines.opencv import cv2

MODELS: Final = Path(__file__).parents[1] / "assets" / "models"

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]


class Net:
    """One network of MediaPipe's. Safe to ask from many threads: they take turns."""

    def __init__(self, file: str, outputs: Sequence[str]) -> None:
        self._file = file
        self._outputs = outputs
        self._lock = Lock()

    def ask(self, rgb: Picture, scale: float, offset: float) -> list[Plane]:
        """The named outputs for a picture of exactly the net's own size.

        The net sees `rgb * scale + offset`, planes first.
        """
        planes = rgb.transpose(2, 0, 1)[None].astype(np.float32) * np.float32(scale)
        planes += np.float32(offset)
        # OpenCV's nets keep their layers' memory: two threads in one net mix their pictures.
        with self._lock:
            self._net.setInput(planes)
            return [np.array(each, np.float32) for each in self._net.forward(self._outputs)]

    @cached_property
    def _net(self) -> Any:
        path = str(MODELS / self._file)
        # OpenCV 5's new engine cannot give several outputs; 4.x has no choice of engines.
        if hasattr(cv2.dnn, "ENGINE_CLASSIC"):
            return cv2.dnn.readNetFromTFLite(path, engine=cv2.dnn.ENGINE_CLASSIC)
        return cv2.dnn.readNetFromTFLite(path)
