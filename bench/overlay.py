"""How long captions take, beside Pillow's plain text of the same length in the same run.

Run from the repository's root: nice python -m bench.overlay
Processor seconds, warm, the least of several runs: other programs on the machine do not count,
but a shared core is slower than a free one. The ratio to plain text is the figure to compare.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engines.overlay import Outline, Plate, Shadow, Style, caption, preview, reduced
from engines.overlay.fonts import FOLDER

SIDE: Final = 2048
RUNS: Final = 7
TEXT: Final = "Добрий ранок, Київ! ☀️👋🏽\nHello, שלום, مرحبا 👨‍👩‍👧\nfrom the lighthouse ❤️‍🔥🇺🇦"
PLAIN: Final = "Добрий ранок, Київ! oo\nHello, hello, hello o\nfrom the lighthouse oo"
SIZE: Final = "96px"
STYLES: Final = {
    "plain": Style(size=SIZE, colour="white"),
    "auto colour, outline": Style(size=SIZE, outline=Outline()),
    "plate": Style(size=SIZE, plate=Plate()),
    "plate with blur, shadow": Style(size=SIZE, plate=Plate(blur=50), shadow=Shadow()),
    "the same, turned by 8": Style(
        size=SIZE, plate=Plate(blur=50), shadow=Shadow(), outline=Outline(), rotation=8
    ),
}


def picture() -> Image.Image:
    """Noise over a gradient, so that nothing is easier than in a photograph."""
    dice = np.random.default_rng(5)
    ramp = np.linspace(40, 200, SIDE)[:, None, None]
    return Image.fromarray((ramp + dice.integers(0, 40, (SIDE, SIDE, 3))).astype(np.uint8))


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of several runs, after one that warms up."""
    work()
    found = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def pillow_plain(image: Image.Image) -> Image.Image:
    """What a few lines of Pillow do: one font, no emoji, no direction, no wrapping."""
    drawn = image.copy()
    font = ImageFont.truetype(FOLDER / "Inter.ttf", 96, layout_engine=ImageFont.Layout.RAQM)
    ImageDraw.Draw(drawn).multiline_text((200, 1500), PLAIN, "white", font)
    return drawn


def vips_text() -> Callable[[], object] | None:
    """Pango's layout of the same text through pyvips, the text alone, where that is installed."""
    try:
        import pyvips
    except ImportError:
        return None

    pyvips.cache_set_max(0)  # the same text would be found again

    def work() -> object:
        return pyvips.Image.text(TEXT, font="sans 72", dpi=96, rgba=True).write_to_memory()

    return work


def main() -> None:
    """Print one line for each way."""
    image = picture()
    base = seconds(lambda: pillow_plain(image))
    print(f"{'Pillow, plain text':28}{base:8.4f} s   1.0")
    vips = vips_text()
    if vips:
        took = seconds(vips)
        print(f"{'pyvips, text alone':28}{took:8.4f} s {took / base:5.1f}")
    for name, style in STYLES.items():
        took = seconds(lambda style=style: caption(image, TEXT, style))  # type: ignore[misc]
        print(f"{name:28}{took:8.4f} s {took / base:5.1f}")
    style = STYLES["plate with blur, shadow"]
    took = seconds(lambda: preview(image, [(TEXT, style)]))
    print(f"{'preview of that':28}{took:8.4f} s {took / base:5.1f}")
    small = reduced(image)
    took = seconds(lambda: preview(small, [(TEXT, Style(size="42px", plate=style.plate))]))
    print(f"{'again on the kept copy':28}{took:8.4f} s {took / base:5.1f}")


if __name__ == "__main__":
    main()
