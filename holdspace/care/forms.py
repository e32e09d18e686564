"""What a coordinator fills in about a line of help."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from holdspace.care.hours import read_hours
from holdspace.care.models import HelpLine
from holdspace.care.records import DIALLED, SCHEMES, Kind, Refused, read_line
from holdspace.care.words import language_name
from holdspace.kit import clock
from holdspace.kit.forms import Form

KINDS = [
    (Kind.UNIVERSAL, _("For anyone, about anything")),
    (Kind.REGIONAL, _("For one part of the country")),
    (Kind.YOUNG, _("For children and young people")),
    (Kind.HEALTH, _("Urgent health advice")),
]
METHODS = [("call", _("Call")), ("text", _("Text message"))]
COSTS = [("free", _("Free")), ("charged", _("Costs something")), ("unknown", _("Not known"))]


def _code_of(name: str) -> str:
    return slugify(name)[:40] or "line"


def _dial(shown: str) -> str:
    return re.sub(r"[ ().-]", "", shown)


class PhonedForm(Form):
    """Somebody phoned the line and found it as it stands here."""

    phoned_on = forms.DateField(label=_("Phoned on"), widget=forms.DateInput)
    as_written = forms.BooleanField(label=_("Number, hours, cost and reach are as they stand here"))

    def clean_phoned_on(self) -> Any:
        """A day that has been."""
        day = self.cleaned_data["phoned_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class WithdrawForm(Form):
    """Why a line is taken down."""

    why = forms.ChoiceField(
        label=_("Why"), choices=HelpLine.Withdrawn.choices, widget=forms.RadioSelect
    )


class LineForm(PhonedForm):
    """A line of the organisation's own, phoned by it."""

    name = forms.CharField(label=_("Name of the line"), max_length=80)
    kind = forms.ChoiceField(label=_("For whom"), choices=KINDS)
    where = forms.CharField(label=_("Which part of the country"), max_length=80, required=False)
    method = forms.ChoiceField(label=_("How"), choices=METHODS, widget=forms.RadioSelect)
    shown = forms.CharField(label=_("Number, as dialled inside the country"), max_length=30)
    word = forms.CharField(label=_("First word of the text"), max_length=20, required=False)
    hours = forms.CharField(label=_("Hours"), max_length=200)
    cost = forms.ChoiceField(label=_("Cost"), choices=COSTS)
    languages = forms.CharField(label=_("Languages, as codes"), max_length=80, required=False)
    field_order = ("name", "kind", "where", "method", "shown", "word", "hours", "cost")

    def __init__(
        self,
        *args: Any,
        country: str,
        zone: str,
        code: str = "",
        others: list[dict[str, Any]] | None = None,
        taken: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`others` are further ways to reach the line, kept as they are written; `taken` are the
        codes of lines that are there already, which a new one may not displace.
        """
        super().__init__(*args, **kwargs)
        self.country, self.zone, self.code, self.others = country, zone, code, others or []
        self.taken = taken
        self.record: dict[str, Any] = {}

    def clean_name(self) -> str:
        """A name that no other line has: adding must not displace one."""
        name: str = self.cleaned_data["name"]
        if not self.code and _code_of(name) in self.taken:
            raise forms.ValidationError(
                _("There is a line of this name. Open it and put it right there.")
            )
        return name

    def clean_shown(self) -> str:
        """A number as people dial it."""
        shown: str = self.cleaned_data["shown"]
        if not DIALLED.fullmatch(_dial(shown)):
            raise forms.ValidationError(
                _("Please write it as people dial it inside the country, such as 116 123.")
            )
        return shown

    def clean_hours(self) -> str:
        """Hours that we can judge by the clock."""
        hours: str = self.cleaned_data["hours"]
        try:
            read_hours(hours, self.zone)
        except ValueError as fault:
            raise forms.ValidationError(
                _("Please write: always, unknown, or hours like mon-fri 09:00-18:00.")
            ) from fault
        return hours

    def clean_languages(self) -> str:
        """Codes of languages that have a name."""
        said = self.cleaned_data["languages"].lower().replace(",", " ").split()
        if any(language_name(code) == code for code in said):
            raise forms.ValidationError(
                _("Please write each language as its code, such as en or cy.")
            )
        return ", ".join(said)

    def clean(self) -> dict[str, Any]:
        """Put the answers into the shape of our files and read them as strictly."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("where") and said.get("kind") == Kind.UNIVERSAL:
            self.add_error("kind", _("You named a part of the country. Please choose that here."))
        if said.get("kind") == Kind.REGIONAL and not said.get("where"):
            self.add_error("where", _("Please say which part of the country."))
        if said.get("word") and said.get("method") == "call":
            self.add_error("word", _("Only a text message begins with a word."))
        if self.errors:
            return said
        self.record = self._record(said)
        try:
            read_line(self.record, self.country, confirmed=said["phoned_on"])
        except Refused as fault:
            raise forms.ValidationError(
                _("This line cannot be shown as it is. Please look at each answer again.")
            ) from fault
        return said

    def _record(self, said: dict[str, Any]) -> dict[str, Any]:
        dial = _dial(said["shown"])
        way = {
            "method": said["method"],
            "dial": dial,
            "shown": said["shown"],
            "target": SCHEMES[said["method"]] + dial,
            "hours": said["hours"],
            "zone": self.zone,
        }
        if said["word"]:
            way["word"] = said["word"]
        record = {
            "code": self.code or _code_of(said["name"]),
            "name": said["name"],
            "kind": said["kind"],
            "reach": "part" if said["where"] else "country",
            "languages": said["languages"].replace(",", " ").split(),
            "cost": said["cost"],
            "way": [way, *self.others],
        }
        return {**record, "where": said["where"]} if said["where"] else record
