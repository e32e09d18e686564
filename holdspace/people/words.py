"""Plain words for sign-in names: short, concrete, easy to say aloud, none of them a mood."""

from pathlib import Path

WORDS = tuple(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split())
