"""What can be seen of meetings. Every query is told who is looking.

The rhythm engine and the words for times are offered here too, for who lists meetings that are
not ours (the directory's imports).
"""

from holdspace.meetings.choosing import GROUPS, NAME, OWN, PLAIN, SEATS, Chosen, chosen_from
from holdspace.meetings.forms.calendars import CalledForm
from holdspace.meetings.queries.feeds import (
    EachWeek,
    each_week,
    my_calendar,
    open_calendar,
)
from holdspace.meetings.queries.inside import board_of, meeting_for, meetings_of, series_for
from holdspace.meetings.queries.mine import my_next_meetings, my_soonest, my_week
from holdspace.meetings.queries.public import next_meetings, next_of_groups, rhythms_of, tonight
from holdspace.meetings.queries.seen import Board, Coming, Listed, Seen
from holdspace.meetings.queries.work import coming_to
from holdspace.meetings.rhythm import (
    NotARhythm,
    Occurrence,
    Rhythm,
    in_words,
    next_occurrences,
    occurrences,
    rhythm_from_lines,
    rhythm_from_rule,
)
from holdspace.meetings.when import When, long_day, when, when_between

__all__ = [
    "GROUPS",
    "NAME",
    "OWN",
    "PLAIN",
    "SEATS",
    "Board",
    "CalledForm",
    "Chosen",
    "Coming",
    "EachWeek",
    "Listed",
    "NotARhythm",
    "Occurrence",
    "Rhythm",
    "Seen",
    "When",
    "board_of",
    "chosen_from",
    "coming_to",
    "each_week",
    "in_words",
    "long_day",
    "meeting_for",
    "meetings_of",
    "my_calendar",
    "my_next_meetings",
    "my_soonest",
    "my_week",
    "next_meetings",
    "next_occurrences",
    "next_of_groups",
    "occurrences",
    "open_calendar",
    "rhythm_from_lines",
    "rhythm_from_rule",
    "rhythms_of",
    "series_for",
    "tonight",
    "when",
    "when_between",
]
