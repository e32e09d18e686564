"""What meetings offer to every template."""

from holdspace.meetings.rhythm import in_words
from holdspace.meetings.rhythm.words import zone_words
from holdspace.meetings.when import lasting, long_day, when

GLOBALS = {
    "in_words": in_words,
    "lasting": lasting,
    "long_day": long_day,
    "when": when,
    "zone_words": zone_words,
}
