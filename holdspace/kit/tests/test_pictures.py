"""Pictures from strangers: made anew or refused, and nothing comes through that is not seen."""

import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from holdspace.kit import pictures
from holdspace.kit.pictures import NoPicture, TooLarge, making
from holdspace.kit.tests.pictures import CANARY, drawn, from_a_camera, png_with_words, written

KINDS = ("JPEG", "PNG", "WEBP", "GIF")


def opened(raw):
    found = Image.open(io.BytesIO(raw), formats=("WEBP",))
    found.load()
    return found


def refused(raw):
    with pytest.raises(making.NoPicture) as no:
        making.anew(raw)
    return str(no.value)


def test_a_picture_comes_back_in_two_sizes():
    made = pictures.anew(from_a_camera(drawn((3000, 2000))))
    assert (made.width, made.height) == opened(made.small).size == (640, 427)
    assert (made.large_width, made.large_height) == opened(made.large).size == (1600, 1067)
    assert len(made.small) <= 28_000
    assert len(made.large) <= 200_000


@pytest.mark.parametrize("raw", [from_a_camera(), png_with_words()], ids=["camera", "chunks"])
def test_nothing_but_what_can_be_seen_comes_through(raw):
    assert CANARY in raw
    _facts, small, large = making.anew(raw)
    for made in (small, large):
        assert CANARY not in made
        assert b"Canary" not in made
        assert {made[n : n + 4] for n in _chunks(made)} <= {b"VP8 "}
        found = opened(made)
        assert dict(found.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(found.info)


def _chunks(raw):
    place = 12
    while place < len(raw):
        yield place
        place += 8 + (struct.unpack("<I", raw[place + 4 : place + 8])[0] + 1) // 2 * 2


def test_it_stands_the_way_the_camera_was_held():
    two = Image.new("RGB", (200, 100), "red")
    two.paste("blue", (100, 0, 200, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    facts, small, _large = making.anew(written(two, exif=exif))
    assert (facts["w"], facts["h"]) == (100, 200)
    top, foot = (opened(small).getpixel((50, y)) for y in (30, 170))
    assert top[0] - top[2] > 100
    assert foot[2] - foot[0] > 100


def test_colours_are_those_that_were_meant():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    grey = Image.new("RGB", (80, 80), (120, 120, 120))
    for raw in (written(grey, icc_profile=lab), written(grey, icc_profile=b"no profile")):
        _facts, small, _large = making.anew(raw)
        assert all(abs(c - 120) < 6 for c in opened(small).getpixel((40, 40)))


@pytest.mark.parametrize(
    ("picture", "kind", "seen"),
    [
        (Image.new("CMYK", (60, 60), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
        (Image.new("I;16", (60, 60), 0x8000), "PNG", (128, 128, 128)),
        (Image.new("1", (60, 60), 1), "PNG", (255, 255, 255)),
        (Image.new("L", (60, 60), 40), "JPEG", (40, 40, 40)),
        (Image.new("LA", (60, 60), (0, 0)), "PNG", (255, 255, 255)),
        (Image.new("RGBA", (60, 60), (0, 0, 0, 128)), "PNG", (127, 127, 127)),
        (Image.new("P", (60, 60), 0), "GIF", (0, 0, 0)),
    ],
    ids=["cmyk", "sixteen bits", "one bit", "grey", "clear", "half clear", "palette"],
)
def test_every_kind_of_colour_becomes_plain(picture, kind, seen):
    facts, small, large = making.anew(written(picture, kind))
    got = opened(small)
    assert got.mode == "RGB"
    assert all(abs(a - b) < 12 for a, b in zip(got.getpixel((30, 30)), seen, strict=True)), got
    assert (facts["w"], large) == (60, b"")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_what_moves_the_first_moment_stays(kind):
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue", "green")]
    raw = written(frames[0], kind, save_all=True, append_images=frames[1:], duration=40)
    _facts, small, _large = making.anew(raw)
    red, _green, blue = opened(small).getpixel((25, 25))
    assert red - blue > 100
    assert getattr(opened(small), "n_frames", 1) == 1


def _png_that_says(width, height):
    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "raw",
    [
        _png_that_says(60_000, 60_000),
        _png_that_says(5_000, 5_000),
        written(Image.new("1", (9_000, 9_000)), "PNG"),
        written(Image.new("L", (5_000, 4_000)), "JPEG", progressive=True),
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\0\0" + bytes(6) + b";",
    ],
    ids=["says it is huge", "says it is large", "one bit, much of it", "scans", "a wide GIF"],
)
def test_a_bomb_is_not_unpacked(raw):
    assert len(raw) < 300_000
    assert refused(raw) in {making.TOO_LARGE, making.UNREADABLE}


def test_a_jpeg_that_goes_over_itself_again_and_again_is_refused():
    raw = written(drawn((64, 64)), progressive=True)
    scan = raw.index(b"\xff\xda")
    assert refused(raw[:-2] + raw[scan:-2] * 40 + raw[-2:]) == making.UNREADABLE


@pytest.mark.parametrize(
    "raw",
    [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.4", b"\xff\xd8\xff",
     written(drawn(), "TIFF"), written(drawn(), "BMP"), written(drawn(), "AVIF")],
    ids=["nothing", "words", "svg", "pdf", "a beginning", "tiff", "bmp", "avif"],
)  # fmt: skip
def test_what_is_no_picture_of_ours_is_refused(raw):
    with pytest.raises(NoPicture):
        pictures.anew(raw)


def test_too_many_bytes_are_not_even_looked_at():
    with pytest.raises(TooLarge):
        pictures.anew(bytes(pictures.LARGEST + 1))
    with pytest.raises(TooLarge):
        pictures.anew(written(Image.new("L", (5_000, 5_000)), "PNG"))


def test_who_comes_while_many_send_is_told_so_and_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(pictures, "_WAIT", 0.01)
    with pictures._one_at_a_time, pytest.raises(pictures.Busy):
        pictures.anew(written(drawn()))
    assert pictures.anew(written(drawn())).width == 640


def test_a_page_hidden_in_a_picture_does_not_come_through():
    script = b"<script>alert('canary')</script>"
    for raw in (written(drawn(), "GIF", comment=script) + script, script + written(drawn())):
        try:
            _facts, small, large = making.anew(raw)
        except making.NoPicture:
            continue
        assert script not in small + large


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.integers(0, 4_000), st.binary(min_size=1, max_size=8)), max_size=5),
    st.floats(0, 1),
)
def test_whatever_is_broken_in_it_is_refused_or_made_anew(kind, damage, kept):
    raw = bytearray(written(drawn((64, 48)), kind))
    for place, new in damage:
        start = place % len(raw)
        raw[start : start + len(new)] = new
    try:
        facts, small, _large = making.anew(bytes(raw[: max(1, int(len(raw) * kept))]))
    except making.NoPicture:
        return
    assert opened(small).size == (facts["w"], facts["h"])


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.integers())
def test_noise_of_any_shape_stays_within_its_bounds(width, height, seed):
    noise = random.Random(seed).randbytes(width * height * 3)
    raw = written(Image.frombytes("RGB", (width, height), noise), "PNG")
    facts, small, large = making.anew(raw)
    assert len(small) <= making.SMALL[1]
    assert len(large) <= making.LARGE[1]
    assert max(facts["w"], facts["h"]) <= making.SMALL[0]


@pytest.mark.parametrize(
    "answer",
    [b"", b"{}\n", b"[1]\n", b'{"small":1,"w":1,"h":1,"large_w":1,"large_h":1}\n<html>', b"x\n"],
)
def test_the_other_process_is_not_believed(answer):
    with pytest.raises(NoPicture):
        pictures._read(answer)
