"""Feeds in the shape of Meeting Guide, invented throughout: no name or place is anybody's."""

import json
import random
from pathlib import Path

WORDS = ["grief", "anxiety", "depression", "panic", "parents", "young", "autism", "sleep"]
NAMES = ["Morning Tide", "Open Window", "Slow Walk", "Saturday Kettle", "Two Lamps", "Quiet Oak"]
TOWNS = [
    ("Boston", 42.36, -71.06), ("Worcester", 42.26, -71.80), ("Lowell", 42.63, -71.31),
    ("Springfield", 42.10, -72.59), ("Plymouth", 41.96, -70.67), ("Nantucket", 41.28, -70.10),
]  # fmt: skip
PLACES = ["Church of the Harbour", "Library", "Community House", "Church Hall", "Old School"]
KINDS = [["O"], ["O", "ONL"], ["C"], ["O", "X", "S", "W"], ["D", "ONL", "S"], ["O", "X", "W"]]
RARE = 40  # one record in so many lies in the town hardly anybody asks for
CROWD, CROWDED = (42.27, -71.85), 5  # one in so many meets within a few streets of one square


def write(size: int, folder: Path) -> Path:
    """A file of that many records, always the same; written one by one, kept off the memory."""
    chance, path = random.Random(size), folder / f"feed{size}.json"
    with path.open("w") as file:
        for number in range(size):
            file.write(("," if number else "[") + json.dumps(record(number, chance)))
        file.write("]")
    return path


def record(number: int, chance: random.Random) -> dict[str, object]:
    """One group: where, when and how as the shared feeds say it, spread over eleven degrees."""
    town, north, east = TOWNS[5] if number % RARE == 0 else TOWNS[number % 5]
    kinds, hour = chance.choice(KINDS), chance.randrange(7, 22)
    latitude, longitude = north + chance.uniform(-3, 3), east + chance.uniform(-8, 3)
    if number % CROWDED == 0:
        latitude, longitude = (at + chance.uniform(-0.02, 0.02) for at in CROWD)
    return {
        "name": f"{chance.choice(NAMES)} {chance.choice(WORDS)}",
        "slug": f"s{number}",
        "updated": "2026-08-22 21:29:56",
        "url": f"https://groups.example/{number}/",
        "day": chance.randrange(7),
        "time": f"{hour:02}:{chance.choice(['00', '30'])}",
        "timezone": "America/New_York",
        "types": kinds,
        "location": chance.choice(PLACES),
        "formatted_address": f"{number % 300} Example St, {town}, MA, USA",
        "approximate": "no",
        "latitude": latitude,
        "longitude": longitude,
        "region": town,
        "group": f"Circle {number}",
        "attendance_option": "online" if "ONL" in kinds else "in_person",
        **({"conference_url": f"https://video.example/{number}"} if "ONL" in kinds else {}),
    }
