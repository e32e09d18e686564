"""When we come together, by rule: pure date arithmetic, no database, no clock.

A `Rhythm` is a rule in a named zone; `occurrences` unfolds it between two instants; `in_words`
says it to people; `rhythm_from_lines` and `lines_of` speak RFC 5545 with calendars.
"""

from holdspace.meetings.rhythm.days import days_of
from holdspace.meetings.rhythm.shapes import (
    Chosen,
    Monthly,
    NotARhythm,
    Nth,
    Other,
    Pause,
    Rhythm,
    Shape,
    Weekly,
)
from holdspace.meetings.rhythm.text import (
    lines_of,
    rhythm_from_lines,
    rhythm_from_rule,
    rule_of,
    shape_from_rule,
    shape_text,
)
from holdspace.meetings.rhythm.times import Occurrence, instant_of, next_occurrences, occurrences
from holdspace.meetings.rhythm.words import in_words

__all__ = [
    "Chosen",
    "Monthly",
    "NotARhythm",
    "Nth",
    "Occurrence",
    "Other",
    "Pause",
    "Rhythm",
    "Shape",
    "Weekly",
    "days_of",
    "in_words",
    "instant_of",
    "lines_of",
    "next_occurrences",
    "occurrences",
    "rhythm_from_lines",
    "rhythm_from_rule",
    "rule_of",
    "shape_from_rule",
    "shape_text",
]
