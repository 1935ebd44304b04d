"""OpenCV, or one clear exception: importing this raises EngineMissing where cv2 is absent.

Every module that works with cv2 takes it from here, and is itself imported late.
"""

from __future__ import annotations

from engines.missing import EngineMissing

try:
    import cv2
except ImportError as reason:
    raise EngineMissing("opencv-python-headless") from reason

__all__ = ["cv2"]
