"""The form that plans a series: a rhythm asked in plain words."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from holdspace.meetings.forms.gathering import GATHERED, DayField, GatheringForm
from holdspace.meetings.rhythm import (
    Chosen,
    Monthly,
    NotARhythm,
    Nth,
    Pause,
    Rhythm,
    Shape,
    Weekly,
)

PATTERNS = [
    ("weekly", _("Every week, or every few weeks")),
    ("monthly", _("In certain weeks of the month")),
    ("chosen", _("On dates that you choose")),
]
NTHS = [
    ("1", _("First")),
    ("2", _("Second")),
    ("3", _("Third")),
    ("4", _("Fourth")),
    ("5", _("Fifth, in months that have one")),
    ("-1", _("Last")),
]
DAYS = [(str(number), name) for number, name in WEEKDAYS.items()]
WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")


class PlanForm(GatheringForm):
    """Only the answers that belong to the chosen pattern are looked at."""

    pattern = forms.ChoiceField(
        label=_("When does the group meet?"), choices=PATTERNS, widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label=_("On which days"),
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    every_weeks = forms.IntegerField(
        label=_("Every how many weeks"), min_value=1, max_value=52, initial=1, required=False
    )
    nths = forms.MultipleChoiceField(
        label=_("Which ones in the month"),
        choices=NTHS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    month_day = forms.ChoiceField(label=_("On which day"), choices=DAYS, required=False)
    every_months = forms.IntegerField(
        label=_("Every how many months"), min_value=1, max_value=24, initial=1, required=False
    )
    dates = forms.CharField(
        label=_("Dates, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
    )
    first_day = DayField(label=_("From this day on"))
    last_day = DayField(label=_("Until this day, if it ends"), required=False)
    times = forms.IntegerField(
        label=_("Or how many times, if it ends"), required=False, min_value=1, max_value=500
    )
    pauses = forms.CharField(
        label=_("Pauses, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    rhythm: Rhythm | None = None

    def clean(self) -> dict[str, Any]:
        """Make the rhythm; what is wrong with it stands beside the answer that caused it.

        It needs no answer about how and where, so its dates can be shown before those are given.
        """
        cleaned = super().clean()
        if cleaned.get("last_day") and cleaned.get("times"):
            self.add_error("times", _("Choose a last day or a number of times, not both."))
        shape = self._shape(cleaned)
        pauses = self._pauses(cleaned.get("pauses", ""))
        if shape is not None and not set(self.errors) - set(GATHERED):
            try:
                self.rhythm = self._rhythm(cleaned, shape, pauses)
            except NotARhythm as wrong:
                self.add_error("pattern", str(wrong))
        return cleaned

    def _rhythm(self, cleaned: dict[str, Any], shape: Shape, pauses: tuple[Pause, ...]) -> Rhythm:
        chosen = isinstance(shape, Chosen)
        return Rhythm(
            shape=shape,
            starts=min(shape.days[0], cleaned["first_day"])
            if isinstance(shape, Chosen)
            else cleaned["first_day"],
            at=cleaned["at"].replace(second=0, microsecond=0),
            minutes=cleaned["minutes"],
            zone=cleaned["zone"],
            until=None if chosen else cleaned["last_day"],
            times=None if chosen else cleaned["times"],
            pauses=pauses,
        )

    def _shape(self, cleaned: dict[str, Any]) -> Shape | None:
        make = {"weekly": self._weekly, "monthly": self._monthly, "chosen": self._chosen}
        pattern = cleaned.get("pattern")
        return make[pattern](cleaned) if pattern in make else None

    def _weekly(self, cleaned: dict[str, Any]) -> Shape | None:
        days = tuple(int(day) for day in cleaned.get("days", ()))
        if not days and cleaned.get("first_day"):
            days = (cleaned["first_day"].weekday(),)
        return Weekly(days, cleaned.get("every_weeks") or 1) if days else None

    def _monthly(self, cleaned: dict[str, Any]) -> Shape | None:
        if not cleaned.get("nths"):
            self.add_error("nths", _("Choose at least one."))
            return None
        day = int(cleaned.get("month_day") or 0)
        return Monthly(
            tuple(Nth(int(nth), day) for nth in cleaned["nths"]), cleaned.get("every_months") or 1
        )

    def _chosen(self, cleaned: dict[str, Any]) -> Shape | None:
        days = self._written("dates", cleaned.get("dates", ""))
        if not days and "dates" not in self.errors:
            self.add_error("dates", _("Write at least one date."))
        try:
            return Chosen(tuple(days)) if days else None
        except NotARhythm as wrong:
            self.add_error("dates", str(wrong))
            return None

    def _written(self, field: str, text: str) -> list[date]:
        found = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            day = read_day(line)
            if day is None:
                self.add_error(field, _("We cannot read “%(line)s” as a date.") % {"line": line})
            else:
                found.append(day)
        return found

    def _pauses(self, text: str) -> tuple[Pause, ...]:
        found = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            parts = [read_day(part) for part in re.split(r"\s+(?:to|-|\u2013)\s+", line)]
            days = [day for day in parts if day is not None]
            if len(days) != len(parts) or len(days) > 2 or days[-1] < days[0]:  # noqa: PLR2004
                self.add_error(
                    "pauses", _("We cannot read “%(line)s” as a pause.") % {"line": line}
                )
                continue
            found.append(Pause(days[0], days[-1]))
        return tuple(found)


class ChangeForm(PlanForm):
    """The same, from a certain day on, with words for those who meant to come."""

    words = forms.CharField(
        label=_("A few words for those who meant to come"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def read_day(text: str) -> date | None:
    """A date as people write it: 2026-03-03, 3/3/2026, 3.3.2026, 3 March 2026."""
    for shape in WRITTEN:
        try:
            return datetime.strptime(text.strip(), shape).date()  # noqa: DTZ007 -- a date
        except ValueError:
            continue
    return None


def initial_of(rhythm: Rhythm) -> dict[str, Any]:
    """What the form shows of a rhythm that exists already."""
    shape = rhythm.shape
    asked: dict[str, Any] = {
        "pattern": "weekly",
        "zone": rhythm.zone,
        "at": rhythm.at,
        "minutes": rhythm.minutes,
        "last_day": rhythm.until,
        "times": rhythm.times,
        "pauses": "\n".join(f"{pause.first} to {pause.last}" for pause in rhythm.pauses),
    }
    if isinstance(shape, Weekly):
        return {**asked, "days": [str(day) for day in shape.days], "every_weeks": shape.every}
    if isinstance(shape, Monthly):
        return {
            **asked,
            "pattern": "monthly",
            "nths": [str(nth.nth) for nth in shape.days],
            "month_day": str(shape.days[0].weekday),
            "every_months": shape.every,
        }
    if isinstance(shape, Chosen):
        return {**asked, "pattern": "chosen", "dates": "\n".join(map(str, shape.days))}
    return asked
