"""Calendars as RFC 5545 and 7986 write them: pure text, no database, no clock.

A `Calendar` holds events that take place `Once` and those that are `Repeated` by a rhythm;
`written` makes of it the bytes that calendars of others read.
"""

from holdspace.meetings.calendar.events import Conference, Once, Repeated, Said
from holdspace.meetings.calendar.writing import Calendar, written

__all__ = ["Calendar", "Conference", "Once", "Repeated", "Said", "written"]
