"""Results that are black, tiny or too many: told, never thrown away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from providers.schema import Picture
from studio.results.anomalies import as_many_as_asked, is_black, oddities
from studio.results.image_files import StoredPicture


def kept(folder: Path, image: Image.Image, kind: str = "png", **how: object) -> StoredPicture:
    path = folder / f"{len(list(folder.iterdir()))}.{kind}"
    image.save(path, **how)  # type: ignore[arg-type]
    return StoredPicture(path, kind, *image.size, path.stat().st_size)


def noise(top: int, size: tuple[int, int] = (300, 200)) -> Image.Image:
    values = np.random.default_rng(1).integers(0, top + 1, (*size[::-1], 3), dtype=np.uint8)
    return Image.fromarray(values)


def test_what_is_black(tmp_path: Path) -> None:
    black = Image.new("RGB", (640, 480))
    found = [kept(tmp_path, black, kind) for kind in ("png", "jpeg", "webp", "gif")]
    found += [kept(tmp_path, black.convert(mode)) for mode in ("L", "1", "P", "RGBA", "LA")]
    found += [kept(tmp_path, Image.new("I;16", (64, 64), 300)), kept(tmp_path, noise(8))]
    found += [kept(tmp_path, Image.new("RGB", (3000, 2000)))]
    for each in found:
        assert is_black(each), each
    assert len(oddities(found)) == 1 and "all black" in oddities(found)[0]


def test_what_is_not_black(tmp_path: Path) -> None:
    spot = Image.new("RGB", (640, 480))
    spot.putpixel((500, 400), (0, 0, 60))
    letter = Image.new("RGBA", (64, 64), (0, 0, 0, 0))  # a black sign on nothing
    letter.paste((0, 0, 0, 255), (8, 8, 40, 40))
    found = [kept(tmp_path, spot), kept(tmp_path, letter), kept(tmp_path, noise(40))]
    found += [kept(tmp_path, Image.new("I;16", (64, 64), 9000))]
    found += [kept(tmp_path, Image.new("RGB", (64, 64), (0, 0, 20)), "jpeg", quality=95)]
    broken = kept(tmp_path, noise(255))
    broken.path.write_bytes(broken.path.read_bytes()[:900])
    for each in (*found, broken):
        assert not is_black(each), each
    assert oddities(found) == ()


def test_a_result_of_a_few_pixels_is_told(tmp_path: Path) -> None:
    one = kept(tmp_path, Image.new("RGB", (1, 1)))
    (told,) = oddities([one, one])
    assert "1×1" in told
    assert oddities([kept(tmp_path, noise(255, (9, 9)))]) == ()


def test_as_many_as_were_asked_for() -> None:
    a, b, c = (Picture(url=f"https://files.example/{name}") for name in "abc")
    table = [
        ([a], 1, [a]), ([a, b], 1, [a]), ([a, b, c], 2, [a, b]), ([a], 2, [a]), ([], 1, []),
        ([a, a, b], 2, [a, b]), ([a, a], 2, [a, a]), ([a, a, a], 2, [a, a]),
        ([a, a, a, b], 3, [a, b, a]), ([a] * 50_000, 1, [a]),
    ]  # fmt: skip
    for given, asked, wanted in table:
        found, told = as_many_as_asked(given, asked, "fal")
        assert list(found) == wanted
        assert bool(told) is (len(given) > asked)
        assert all("fal" in said and str(len(given)) in said for said in told)
