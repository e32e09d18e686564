"""Forms about a single meeting, and about whose clock the pages show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.meetings.forms.gathering import DayField, GatheringForm, ZoneField


class WordsForm(Form):
    """Kind words that go with a change."""

    words = forms.CharField(
        label=_("A few words for those who meant to come"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MoveForm(WordsForm):
    """Another day or time for one meeting, on the wall of its own zone."""

    day = DayField(label=_("New day"))
    at = forms.TimeField(label=_("New time"), widget=forms.TimeInput)
    field_order = ("day", "at", "words")


class EndForm(WordsForm):
    """The first day on which a series does not meet any more."""

    day = DayField(label=_("No meetings from this day on"))
    field_order = ("day", "words")


class AddForm(GatheringForm):
    """One more meeting, outside any series."""

    day = DayField(label=_("Day"))
    field_order = ("day", "at", "minutes", "zone")


class ZoneForm(Form):
    """Whose clock this visit's pages show."""

    zone = ZoneField(label=_("Your time zone"))
    back = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
