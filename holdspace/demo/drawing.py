"""Pictures that people of the story show: drawn here, flat, in two yarns and one line.

Drawn large, as a camera would send them; the same door makes them small as for everybody.
"""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1280, 960)
GROUND, WALL = "#EEF1E6", "#E1E6D6"
PLUM, MOSS, CARD, GLOW = "#5A2A4F", "#35551F", "#FAFBF6", "#F3DFC4"
LINE = 10

Box = tuple[int, int, int, int]


def _sheet(table: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A wall, and from `table` down a woven cloth."""
    picture = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(picture)
    width, height = SIZE
    pen.rectangle((0, table, width, height), fill=MOSS)
    for number, top in enumerate(range(table + 30, height, 44)):
        for left in range(22 * (number % 2), width, 44):
            pen.rectangle((left, top, left + 22, top + 14), fill=GROUND)
    return picture, pen


def _outlined(pen: ImageDraw.ImageDraw, box: Box, fill: str, round_: int) -> None:
    pen.rounded_rectangle(box, round_, fill=fill, outline=PLUM, width=LINE)


def kettle() -> Image.Image:
    """A kettle on a woven cloth, with a lit window behind it."""
    picture, pen = _sheet(700)
    _outlined(pen, (80, 90, 320, 400), GLOW, 12)
    pen.line((200, 90, 200, 400), fill=PLUM, width=LINE)
    pen.line((80, 245, 320, 245), fill=PLUM, width=LINE)
    pen.arc((620, 190, 940, 560), 180, 360, fill=PLUM, width=3 * LINE)
    pen.polygon([(560, 560), (430, 440), (470, 410), (620, 480)], fill=PLUM)
    pen.pieslice((530, 330, 1030, 860), 180, 360, fill=PLUM)
    pen.rectangle((530, 590, 1030, 720), fill=PLUM)
    for top in (610, 650, 690):
        pen.line((530, top, 1030, top), fill=GLOW, width=LINE)
    pen.ellipse((750, 290, 810, 350), fill=GLOW, outline=PLUM, width=LINE)
    for left in (400, 450, 500):
        pen.arc((left - 40, 230, left + 20, 330), 90, 270, fill=MOSS, width=LINE)
    return picture


def cup() -> Image.Image:
    """An envelope on a table, and a cup standing on it."""
    picture, pen = _sheet(560)
    _outlined(pen, (220, 520, 1060, 900), CARD, 8)
    pen.line((220, 520, 640, 740), fill=PLUM, width=LINE)
    pen.line((1060, 520, 640, 740), fill=PLUM, width=LINE)
    pen.arc((770, 300, 950, 520), 270, 90, fill=PLUM, width=3 * LINE)
    _outlined(pen, (430, 220, 850, 640), PLUM, 60)
    for top in (320, 400, 480, 560):
        pen.line((430 + LINE, top, 850 - LINE, top), fill=GLOW, width=LINE)
    pen.ellipse((430, 190, 850, 270), fill=GROUND, outline=PLUM, width=LINE)
    return picture


DRAWN: dict[str, Callable[[], Image.Image]] = {"kettle": kettle, "cup": cup}


def as_sent(name: str) -> bytes:
    """The picture of this name as a file. Raises KeyError for one nobody drew."""
    kept = BytesIO()
    DRAWN[name]().save(kept, "PNG")
    return kept.getvalue()
