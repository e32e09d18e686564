"""Pictures for tests, as cameras and strangers send them."""

import io
import random

from PIL import Image, PngImagePlugin

CANARY = b"canary-in-the-metadata"


def drawn(size=(900, 600), seed=1):
    """Something to look at: blotches of colour, the same for the same seed."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3))
    return small.resize(size, Image.Resampling.BICUBIC)


def written(picture, kind="JPEG", **more):
    """The bytes of a file."""
    kept = io.BytesIO()
    picture.save(kept, kind, **more)
    return kept.getvalue()


def from_a_camera(picture=None, **more):
    """A JPEG full of what a camera and an editor write into it, and more behind its end."""
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode() + " description"
    exif[0x0110] = "Canary Camera 7"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (53.0, 48.0, 1.5)
    gps[27] = b"ASCII\0\0\0" + CANARY
    raw = written(
        picture or drawn(),
        exif=exif,
        comment=CANARY,
        xmp=b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>",
        **more,
    )
    return raw + CANARY


def png_with_words(picture=None):
    """A PNG with words in its chunks."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode())
    words.add_itxt("XML:com.adobe.xmp", CANARY.decode(), zip=True)
    return written(picture or drawn(), "PNG", pnginfo=words)
