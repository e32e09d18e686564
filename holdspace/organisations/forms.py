"""What we accept about an organisation."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.kit.places import countries, languages, zones
from holdspace.organisations.models import Organisation

DAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip


class SettingsForm(Form):
    """How an organisation presents itself, and its rules of age."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=120)
    sentence = forms.CharField(
        label=_("One sentence about what you do"),
        max_length=300,
        required=False,
        help_text=_("It stands on your first page."),
    )
    contact = forms.CharField(
        label=_("How people reach you, in words"),
        max_length=300,
        required=False,
        help_text=_("For example a telephone number and when somebody answers."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    languages = forms.MultipleChoiceField(
        label=_("Languages of your groups"),
        choices=languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    yarn = forms.ChoiceField(
        label=_("Two yarns"),
        choices=Organisation.Yarn.choices,
        widget=forms.RadioSelect,
        help_text=_("The colours of your pages. Each pair is easy to read."),
    )
    leave_to = forms.URLField(
        label=_("Where “Leave this page” leads"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("A harmless page, such as the weather. Empty means our own choice."),
    )
    mail_name = forms.CharField(
        label=_("Name on our mails"),
        max_length=60,
        help_text=_("Discreet: somebody else may see it. Name no condition."),
    )
    age_rule = forms.ChoiceField(
        label=_("Who may join"), choices=Organisation.AgeRule.choices, widget=forms.RadioSelect
    )
    adult_from = forms.IntegerField(label=_("Adult from the age of"), min_value=16, max_value=21)
    minors_from = forms.IntegerField(
        label=_("Groups of minors from the age of"), min_value=8, max_value=20
    )
    wants_second_facilitator = forms.BooleanField(
        label=_("Warn when a group has nobody to co-facilitate"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        young, adult = cleaned.get("minors_from"), cleaned.get("adult_from")
        if young is not None and adult is not None and young >= adult:
            self.add_error("minors_from", _("Minors are younger than adults."))
        return cleaned


class CoverForm(Form):
    """Hours of cover: for each weekday one span, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        time = forms.TimeInput(format="%H:%M")
        for number in range(7):
            for end, label in (("from", _("From")), ("to", _("Until"))):
                self.fields[f"{end}_{number}"] = forms.TimeField(
                    label=label, required=False, widget=time
                )

    @staticmethod
    def initial_for(hours: list[list[Any]]) -> dict[str, Any]:
        """What the form shows for the hours that are set."""
        shown = {}
        for day, start, end in hours:
            shown[f"from_{day}"], shown[f"to_{day}"] = start, end
        return shown

    def days(self) -> list[tuple[Any, Any, Any]]:
        """Each weekday's name with its two fields."""
        return [(name, self[f"from_{n}"], self[f"to_{n}"]) for n, name in enumerate(DAYS)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(7):
            start, end = cleaned.get(f"from_{number}"), cleaned.get(f"to_{number}")
            if (start is None) != (end is None):
                missing = f"{'to' if end is None else 'from'}_{number}"
                if missing not in self.errors:
                    self.add_error(missing, _("Say both, from when and until when."))
            elif start is not None and end is not None and start >= end:
                self.add_error(f"to_{number}", _("This is not later than the beginning."))
        return cleaned

    def hours(self) -> list[list[Any]]:
        """The hours as `set_cover` takes them."""
        given = self.cleaned_data
        return [
            [n, _clock(given[f"from_{n}"]), _clock(given[f"to_{n}"])]
            for n in range(7)
            if given.get(f"from_{n}")
        ]


def _clock(time: dt.time) -> str:
    return f"{time:%H:%M}"


class TestMailForm(Form):
    """Where to send a test mail."""

    to_address = forms.EmailField(
        label=_("Your mail address"), help_text=_("We use it for this one mail and forget it.")
    )


class TestCodeForm(Form):
    """The code that arrived."""

    code = forms.CharField(
        label=_("The code in the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class CloseDoorsForm(Form):
    """Why the doors close."""

    reason = forms.CharField(label=_("Why, in a few words"), max_length=300)
