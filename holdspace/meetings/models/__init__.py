"""What is kept about coming together: series, meetings, their changes, seats."""

from holdspace.meetings.models.meeting import Change, Meeting
from holdspace.meetings.models.seat import Seat
from holdspace.meetings.models.series import Attendance, Gathering, Series

__all__ = ["Attendance", "Change", "Gathering", "Meeting", "Seat", "Series"]
