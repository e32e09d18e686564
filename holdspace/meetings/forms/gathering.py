"""How people come to a meeting and where it is: asked alike of a series and of a single one."""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.meetings.models.series import MOST_SEATS, USUAL_SEATS, Attendance
from holdspace.meetings.rhythm.shapes import EARLIEST, LATEST, TOO_FAR
from holdspace.meetings.rhythm.words import zone_city

Grouped = list[tuple[str, list[tuple[str, str]]]]

REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
)  # fmt: skip
GATHERED = ("attendance", "seats", "introductory", "area", "place", "link")
LONGEST = 12 * 60  # minutes that a form lets a meeting last


def zone_choices() -> Grouped:
    """Every zone by its region and the name of its city, in the reader's language."""
    return _zone_choices(get_language() or "en")


@lru_cache(maxsize=16)
def _zone_choices(_language: str) -> Grouped:
    names = sorted(set(_offered(_language).values()))
    found: Grouped = []
    for region in REGIONS:
        cities = [(n, zone_city(n)) for n in names if n.startswith(region + "/")]
        found.append((region, sorted(cities, key=lambda pair: pair[1])))
    return [*found, ("UTC", [("UTC", "UTC")])]


@lru_cache(maxsize=16)
def _offered(_language: str) -> dict[str, str]:
    """Each name of a zone, with the one under which its city is offered."""
    cities: dict[tuple[str, str], list[str]] = {}
    for name in sorted(name for name in available_timezones() if name.startswith(REGIONS)):
        cities.setdefault((name.partition("/")[0], zone_city(name)), []).append(name)
    return {
        name: next((n for n in names if n.endswith("/" + city.replace(" ", "_"))), names[0])
        for (_region, city), names in cities.items()
        for name in names
    }


class ZoneField(forms.ChoiceField):
    """A zone by its city. Some have older names too: a city is offered once, by any name chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=zone_choices, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return _offered(get_language() or "en").get(str(value), value)

    def to_python(self, value: Any) -> str:
        return str(self.prepare_value(super().to_python(value)))


class DayField(forms.DateField):
    """A day near enough that an instant exists for it in every zone."""

    widget = forms.DateInput
    default_validators = [
        MinValueValidator(EARLIEST, message=TOO_FAR),
        MaxValueValidator(LATEST, message=TOO_FAR),
    ]


class GatheringForm(Form):
    """Attendance is asked outright; exact place and link are asked only where they belong."""

    zone = ZoneField(label=_("Whose clock"))
    at = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput)
    minutes = forms.IntegerField(
        label=_("Lasts, in minutes"), min_value=10, max_value=LONGEST, initial=90
    )
    attendance = forms.ChoiceField(
        label=_("How do people come?"), choices=Attendance.choices, widget=forms.RadioSelect
    )
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=MOST_SEATS, initial=USUAL_SEATS
    )
    introductory = forms.BooleanField(
        label=_("An introductory session, open to visitors who only want to listen"),
        required=False,
    )
    area = forms.CharField(
        label=_("Roughly where, for everybody to read"), max_length=160, required=False
    )
    place = forms.CharField(
        label=_("Exact place and how to find it, for those with a seat"),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    link = forms.CharField(
        label=_("Link to join or number to dial, for those with a seat"),
        max_length=500,
        required=False,
    )

    def clean_link(self) -> str:
        """A web address must be one that a browser may open; anything else is dial-in words."""
        link: str = self.cleaned_data["link"].strip()
        if link.partition(":")[0].strip().lower() in {"javascript", "data", "vbscript", "file"}:
            raise forms.ValidationError(_("That is not an address we can open."))
        return link

    def clean(self) -> dict[str, Any]:
        """A room needs at least a rough where; the exact place may follow."""
        cleaned = super().clean() or self.cleaned_data
        in_a_room = cleaned.get("attendance") in {Attendance.IN_PERSON, Attendance.HYBRID}
        if in_a_room and not cleaned.get("area"):
            self.add_error("area", _("Say roughly where, such as the part of town."))
        return cleaned

    def gathering(self) -> dict[str, Any]:
        """The answers that both acts, planning and adding, take as they are."""
        return {name: self.cleaned_data[name] for name in GATHERED}
