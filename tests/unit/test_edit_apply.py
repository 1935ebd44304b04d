"""What the local editor does to pictures: exact sizes, kept transparency, honest colours."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engines.edit import EditError, understand
from engines.edit.apply import apply
from engines.edit.light import LUMINANCE, Pixels, to_linear
from engines.edit.operations import (
    BlackAndWhite,
    BlurBackground,
    Brightness,
    Contrast,
    Crop,
    Flip,
    Frame,
    Grid,
    Invert,
    Operation,
    Overlay,
    RemoveBackground,
    Resize,
    Rotate,
    RoundCorners,
    Saturation,
    Scale,
    Sepia,
    Sharpen,
    SideBySide,
    Soften,
    Stack,
    Warmth,
)
from tests.seen import same_to_the_eye

COLOURED: list[Operation] = [
    BlackAndWhite(), Sepia(), Invert(), Warmth(0.3), Warmth(-0.3), Brightness(0.3),
    Brightness(-0.3), Contrast(0.4), Contrast(-0.4), Saturation(0.4), Saturation(-0.4),
    Sharpen(0.5), Soften(0.5),
]  # fmt: skip


def picture(width: int = 300, height: int = 200) -> Image.Image:
    """Colours, greys, an edge: something for every operation to change."""
    across = np.linspace(40, 220, width)[None, :].repeat(height, 0)
    down = np.linspace(60, 200, height)[:, None].repeat(width, 1)
    image = Image.fromarray(np.stack([across, down, 255 - across], -1).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.rectangle((10, 10, 60, 60), fill=(128, 128, 128))
    draw.rectangle((70, 10, 120, 60), fill="white")
    draw.rectangle((130, 10, 180, 60), fill="black")
    return image


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"), np.int16)


def lightness(image: Image.Image) -> np.ndarray:
    """L* of each pixel, by the definition."""
    share = to_linear()[np.asarray(image.convert("RGB"))] @ LUMINANCE
    return 116 * np.cbrt(np.maximum(share, 0.008856)) - 16


def do(*operations: Operation, image: Image.Image | None = None) -> Image.Image:
    return apply(operations, [image or picture()], middle).image


def middle(rgb: Pixels) -> np.ndarray:
    """A person as the middle third, soft at its edges."""
    mask = np.zeros(rgb.shape[:2], np.float32)
    third = rgb.shape[1] // 3
    mask[:, third : 2 * third] = 1
    mask[:, third - 2 : third] = 0.5
    return mask


def nobody(rgb: Pixels) -> np.ndarray:
    return np.full(rgb.shape[:2], 0.2, np.float32)


@pytest.mark.parametrize("operation", COLOURED, ids=repr)
def test_colour_keeps_size_and_transparency_and_the_given_picture(operation: Operation) -> None:
    image = picture()
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    given = image.copy()
    found = do(operation, image=image)
    assert (found.mode, found.size) == ("RGBA", image.size)
    assert np.array_equal(found.getchannel("A"), given.getchannel("A"))
    assert np.array_equal(image, given)
    assert np.abs(pixels(found) - pixels(image)).mean() > 0.3


@pytest.mark.parametrize("amount", [-0.4, -0.1, 0.1, 0.4])
def test_warmth_moves_colour_and_keeps_lightness(amount: float) -> None:
    found = do(Warmth(amount))
    apart = lightness(found) - lightness(picture())
    assert np.abs(np.median(apart)) < 0.5 and np.abs(apart).mean() < 1.0
    grey = pixels(found)[35, 35]
    assert np.sign(grey[0] - grey[2]) == np.sign(amount)


@pytest.mark.parametrize("operation", [BlackAndWhite(), Sepia(), Saturation(0.3)], ids=repr)
def test_these_keep_lightness(operation: Operation) -> None:
    apart = lightness(do(operation)) - lightness(picture())
    assert np.abs(np.median(apart)) < 1.0


def test_black_and_white_is_grey_and_so_is_no_saturation() -> None:
    assert np.ptp(pixels(do(BlackAndWhite())), axis=-1).max() == 0
    assert np.ptp(pixels(do(Saturation(-1))), axis=-1).mean() < 0.5


def test_brightness_and_contrast_keep_their_ends() -> None:
    for amount in (0.1, 0.5, 1.0):
        found = pixels(do(Brightness(amount)))
        assert found[35, 95].min() >= 253 and found[35, 155].max() <= 2
        assert lightness(do(Brightness(amount))).mean() > lightness(picture()).mean()
    ramp = Image.linear_gradient("L").convert("RGB")
    steps = np.diff(pixels(do(Contrast(0.6), image=ramp))[:, 5, 0])
    assert steps.min() >= -1 and steps.sum() > 200
    assert lightness(do(Contrast(0.4))).std() > lightness(picture()).std()
    assert lightness(do(Contrast(-0.4))).std() < lightness(picture()).std()


def test_a_larger_amount_does_more() -> None:
    for kind in (Brightness, Contrast, Saturation, Warmth, Sharpen, Soften):
        low, high = (np.abs(pixels(do(kind(a))) - pixels(picture())).mean() for a in (0.1, 0.4))
        assert high > 1.3 * low > 0, kind


def test_invert_twice_is_the_picture() -> None:
    assert np.array_equal(do(Invert(), Invert()), picture())


def test_blur_adds_light_as_a_lens_does() -> None:
    board = Image.new("RGB", (100, 100), "white")
    board.paste("black", (0, 0, 50, 100))
    edge = pixels(do(Soften(radius_px=20), image=board))[50, 49, 0]
    assert edge == pytest.approx(186, abs=6)  # half the light is 188, not 128


@pytest.mark.parametrize(
    ("operation", "size"),
    [
        (Crop(1, 1), (200, 200)),
        (Crop(16, 9), (300, 169)),
        (Crop(9, 16), (112, 200)),
        (Rotate(90), (200, 300)),
        (Rotate(-90), (200, 300)),
        (Rotate(180), (300, 200)),
        (Flip("vertical"), (300, 200)),
        (Resize(width=150), (150, 100)),
        (Resize(height=50), (75, 50)),
        (Resize(longest=600), (600, 400)),
        (Resize(120, 120), (120, 120)),
        (Scale(0.5), (150, 100)),
        (Scale(2), (600, 400)),
        (Frame("black", width_px=7), (314, 214)),
        (Frame("white"), (316, 216)),
        (RoundCorners(radius_px=20), (300, 200)),
    ],
    ids=repr,
)
def test_sizes_are_exact(operation: Operation, size: tuple[int, int]) -> None:
    assert do(operation).size == size


def test_turns_go_the_way_they_say() -> None:
    image = Image.new("RGB", (40, 20), "white")
    image.putpixel((0, 0), (255, 0, 0))
    red = (255, 0, 0)
    assert do(Rotate(90), image=image).getpixel((19, 0)) == red
    assert do(Rotate(-90), image=image).getpixel((0, 39)) == red
    assert do(Flip("horizontal"), image=image).getpixel((39, 0)) == red
    assert do(Flip("vertical"), image=image).getpixel((0, 19)) == red
    assert np.array_equal(do(*[Rotate(90)] * 4), picture())


def test_a_slanted_turn_leaves_clear_corners_without_a_dark_rim() -> None:
    found = do(Rotate(20), image=Image.new("RGB", (200, 100), (250, 200, 150)))
    assert found.mode == "RGBA" and found.getpixel((0, 0))[3] == 0
    seen = np.asarray(found)
    seen = seen[seen[..., 3] > 30]
    wanted = np.broadcast_to([250, 200, 150], seen[:, :3].shape)
    assert same_to_the_eye(seen[:, :3], wanted, drift=1, plain=8)


def test_a_transparent_edge_does_not_darken_when_sized() -> None:
    image = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    image.paste((200, 180, 160, 255), (50, 50, 150, 150))
    seen = np.asarray(do(Scale(0.37), image=image))
    seen = seen[seen[..., 3] > 30]
    # Lanczos overshoots to the bright side at an edge; a dark rim would be far below.
    darker = [200, 180, 160] - seen[:, :3].astype(int)
    assert (darker > 8).mean() < 0.001


def test_the_frame_and_the_corners() -> None:
    framed = do(Frame("black", width_px=5))
    assert framed.getpixel((2, 2)) == (0, 0, 0)
    assert np.array_equal(framed.crop((5, 5, 305, 205)), picture())
    rounded = do(RoundCorners(radius_px=30))
    assert [rounded.getpixel(at)[3] for at in ((0, 0), (299, 0), (0, 199), (299, 199))] == [0] * 4
    assert rounded.getpixel((150, 0))[3] == rounded.getpixel((0, 100))[3] == 255


def test_the_background_goes_and_the_person_stays() -> None:
    found = do(RemoveBackground())
    assert found.mode == "RGBA"
    alpha = np.asarray(found.getchannel("A"))
    assert alpha[:, 120:180].min() >= 253 and alpha[:, :90].max() <= 2
    assert same_to_the_eye(pixels(found)[:, 120:180], pixels(picture())[:, 120:180])
    clear = picture().convert("RGBA")
    clear.putalpha(100)
    assert do(RemoveBackground(), image=clear).getpixel((150, 100))[3] in (99, 100)


def test_the_background_is_blurred_without_a_halo_of_the_person() -> None:
    image = Image.new("RGB", (300, 200), (20, 60, 20))
    image.paste((250, 40, 40), (98, 0, 200, 200))
    found = pixels(do(BlurBackground(radius_px=12), image=image))
    assert same_to_the_eye(found[:, 110:190], pixels(image)[:, 110:190])
    assert found[:, :90, 0].max() < 40


def test_where_nobody_is_nothing_is_cut() -> None:
    for operation in (RemoveBackground(), BlurBackground()):
        with pytest.raises(EditError, match="no person"):
            apply([operation], [picture()], nobody)


def test_joined_pictures_have_one_height_and_lose_nothing() -> None:
    tall, wide = picture(100, 400), picture(300, 200)
    found = apply([SideBySide(10)], [tall, wide]).image
    assert found.size == (100 + 10 + 600, 400)
    assert same_to_the_eye(found.convert("RGB").crop((0, 0, 100, 400)), tall)
    assert found.getpixel((105, 200))[3] == 0
    assert apply([SideBySide()], [tall, wide]).image.mode == "RGB"
    assert apply([Stack()], [tall, wide]).image.size == (300, 1200 + 200)


def test_the_grid() -> None:
    four = [picture()] * 4
    assert apply([Grid(2, 2, 6)], four).image.size == (606, 406)
    assert apply([Grid()], [picture()] * 5).image.size == (900, 400)
    assert apply([Grid(0, 3)], [picture()] * 5).image.size == (600, 600)
    with pytest.raises(EditError, match="no room for 4"):
        apply([Grid(1, 2)], four)


def test_one_over_another() -> None:
    below, above = Image.new("RGB", (400, 300), "blue"), Image.new("RGB", (100, 100), "red")
    found = apply([Overlay(2, 1, "bottom right", 0.25)], [below, above]).image
    assert found.size == below.size and found.mode == "RGB"
    assert found.getpixel((380, 280)) == (255, 0, 0) and found.getpixel((10, 10)) == (0, 0, 255)
    large = apply([Overlay()], [picture(900, 900), below]).image
    assert large.size == below.size and large.getpixel((5, 150)) == (0, 0, 255)


def test_what_comes_before_joining_is_done_to_each() -> None:
    found = apply([BlackAndWhite(), SideBySide()], [picture(), picture()]).image
    assert np.ptp(pixels(found), axis=-1).max() == 0


@pytest.mark.parametrize(
    ("operations", "count", "words"),
    [
        ([SideBySide()], 1, "2 to 9 pictures, and 1"),
        ([Grid()], 10, "2 to 9 pictures, and 10"),
        ([Overlay()], 3, "takes two, and 3"),
        ([Sepia()], 2, "nothing says how to join"),
        ([Sepia()], 0, "no picture"),
        ([Scale(10)], 1, "up to 40"),
        ([Resize(width=20_000)], 1, "up to 40"),
        ([Frame(width_px=9_000)], 1, "up to 40"),
        ([Scale(7), Rotate(45)], 1, "up to 40"),
    ],
)
def test_what_cannot_be_done_is_said(operations: list[Operation], count: int, words: str) -> None:
    with pytest.raises(EditError, match=words):
        apply(operations, [picture(1000, 800)] * count)


def test_a_turned_photo_is_taken_upright() -> None:
    image = picture()
    image.getexif()[0x0112] = 6
    assert apply([Brightness(0.1)], [image]).image.size == (200, 300)


def test_odd_modes_are_read() -> None:
    for mode in ("L", "LA", "P", "1", "CMYK", "I;16"):
        source = picture().convert("L") if mode == "I;16" else picture()
        assert apply([Warmth(0.2)], [source.convert(mode)]).image.mode in ("RGB", "RGBA"), mode


def test_from_words_to_picture() -> None:
    asked = understand("сделай чёрно-белым, обрежь до квадрата и добавь рамку 10 px", 1)
    assert apply(asked.operations, [picture()]).image.size == (220, 220)


def test_the_notes_say_what_was_chosen() -> None:
    notes = apply([Resize(120, 120), Rotate(10)], [picture()]).notes
    assert len(notes) == 2 and "cut off" in notes[0]
