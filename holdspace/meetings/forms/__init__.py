"""What we accept about meetings."""

from holdspace.meetings.forms.calendars import CalledForm
from holdspace.meetings.forms.changes import AddForm, EndForm, MoveForm, WordsForm, ZoneForm
from holdspace.meetings.forms.plan import ChangeForm, PlanForm

__all__ = [
    "AddForm",
    "CalledForm",
    "ChangeForm",
    "EndForm",
    "MoveForm",
    "PlanForm",
    "WordsForm",
    "ZoneForm",
]
