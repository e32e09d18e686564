"""What is kept about coming together: series, meetings, their changes, seats, calendars."""

from holdspace.meetings.models.calendar import GroupCalendar
from holdspace.meetings.models.meeting import Change, Meeting
from holdspace.meetings.models.seat import Seat
from holdspace.meetings.models.series import Attendance, Gathering, Series

__all__ = ["Attendance", "Change", "Gathering", "GroupCalendar", "Meeting", "Seat", "Series"]
