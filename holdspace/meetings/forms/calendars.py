"""How meetings are called in a calendar that others may see."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.meetings.choosing import NAME, OWN, PLAIN, Chosen

MOST = 60


class CalledForm(Form):
    """Discreet unless somebody wants otherwise."""

    called = forms.ChoiceField(
        label=_("Each meeting is called"),
        choices=[
            (PLAIN, _("“Appointment”, and nothing of the group")),
            (OWN, _("My own words, and nothing of the group")),
            (NAME, _("By the group's name")),
        ],
        initial=PLAIN,
        widget=forms.RadioSelect,
    )
    own = forms.CharField(
        label=_("My own words"),
        required=False,
        max_length=MOST,
        help_text=_("Such as “Choir”. Used where you chose your own words."),
    )

    def clean(self) -> dict[str, Any]:
        """Own words are asked for only where they were chosen."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("called") == OWN and not said.get("own"):
            self.add_error("own", _("Please write what it is to be called."))
        return said

    def chosen(self) -> Chosen:
        """What was chosen; the form must be valid."""
        return Chosen(**self.cleaned_data)
