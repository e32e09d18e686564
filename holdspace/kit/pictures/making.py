"""A picture made anew, in a process of its own with little memory and little time.

What strangers send is decoded here and nowhere else: not beside our keys, and where a hostile file
can at most end this process. It is run by its path and imports nothing of ours. The picture comes
in as it was sent; out goes a line of JSON, then both sizes. Only what can be seen is taken over:
each size is drawn from bare pixels, so that nothing else a file carries has a way through.
"""

import io
import json
import os
import resource
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SMALL, LARGE = (640, 28_000), (1600, 200_000)  # longest side, and bytes at most
QUALITIES = (76, 54, 36)
MOST_PIXELS = 16_000_000  # that are decoded whole
MOST_REDUCED = 64_000_000  # of a JPEG that is made smaller while it is decoded
MOST_SCANS = 64  # of one JPEG: each goes over the whole picture again
MEMORY, SECONDS = 800_000_000, 8
UNREADABLE, TOO_LARGE = "unreadable", "too large"


class NoPicture(Exception):
    """Nothing that can be made into a picture; the argument says why in one of our two words."""


def anew(raw: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    """Facts, the small and the large picture; the large one is empty where it would show no more.

    Raises NoPicture.
    """
    try:
        whole = _in_plain_colours(_decoded(raw))
    except NoPicture:
        raise
    except (MemoryError, Image.DecompressionBombError) as too_much:
        raise NoPicture(TOO_LARGE) from too_much
    except Exception as broken:
        raise NoPicture(UNREADABLE) from broken
    size, small = _written(whole, *SMALL)
    large_size, large = _written(whole, *LARGE)
    if max(large_size) <= max(size):
        large_size, large = size, b""
    facts = {"w": size[0], "h": size[1], "large_w": large_size[0], "large_h": large_size[1]}
    return facts, small, large


def _decoded(raw: bytes) -> Image.Image:
    """Its pixels, no more of them than we need, the way up the camera was held."""
    picture: Image.Image = Image.open(io.BytesIO(raw), formats=FORMATS)
    reduced = picture.format in {"JPEG", "MPO"} and not picture.info.get("progressive")
    if picture.width * picture.height > (MOST_REDUCED if reduced else MOST_PIXELS):
        raise NoPicture(TOO_LARGE)
    if raw.count(b"\xff\xda") > MOST_SCANS and picture.format in {"JPEG", "MPO"}:
        raise NoPicture(UNREADABLE)
    most = (LARGE[0], LARGE[0])
    picture.draft("RGB", most)
    picture.load()
    if picture.width * picture.height > MOST_PIXELS:
        raise NoPicture(TOO_LARGE)
    if picture.mode not in {"RGB", "L", "CMYK"}:
        picture = _without_palette(picture)
    picture.thumbnail(most, Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(picture)


def _without_palette(picture: Image.Image) -> Image.Image:
    """In colours that can be made smaller; sixteen bits of grey become eight."""
    kept = ("icc_profile", "exif")
    info: dict[Any, Any] = {name: picture.info[name] for name in kept if name in picture.info}
    if picture.mode.startswith("I"):
        grey = picture.convert("I").point([step >> 8 for step in range(1 << 16)], "L")
        grey.info = info
        return grey
    clear = picture.has_transparency_data
    plain = picture.convert("RGBA" if clear else "RGB")
    plain.info = info
    return plain


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Bare pixels in the colours every screen shows, on white where it was see-through."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    plain = picture if picture.mode in {"L", "CMYK"} else picture.convert("RGB")
    profile = picture.info.get("icc_profile")
    if profile:
        plain = _matched(plain, profile)
    plain = plain.convert("RGB")
    if alpha is not None:
        white = Image.new("RGB", plain.size, "white")
        white.paste(plain, mask=alpha)
        plain = white
    return Image.frombytes("RGB", plain.size, plain.tobytes())


def _matched(picture: Image.Image, profile: bytes) -> Image.Image:
    """Its colours as they were meant; as they are where its profile makes no sense."""
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, meant, ours, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture


def _written(whole: Image.Image, side: int, most: int) -> tuple[tuple[int, int], bytes]:
    """As WebP in so many bytes at most: less fine first, then smaller."""
    picture = whole.copy()
    while True:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            kept = io.BytesIO()
            picture.save(kept, "WEBP", quality=quality, method=4)
            if kept.tell() <= most:
                return picture.size, kept.getvalue()
        fitting = (most / kept.tell()) ** 0.5  # of each side, were it all as busy as it is now
        side = max(8, int(max(picture.size) * fitting * 0.95))


def _limit() -> None:
    """No more memory and time than a picture needs; no file written, no trace of a fall."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(10)


def main() -> None:
    """From the input to the output; a refusal is an answer too."""
    _limit()
    warnings.simplefilter("ignore")
    small = large = b""
    try:
        facts, small, large = anew(sys.stdin.buffer.read())
        facts["small"], facts["large"] = len(small), len(large)
    except NoPicture as no:
        facts = {"no": str(no)}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + small + large)


if __name__ == "__main__":
    main()
