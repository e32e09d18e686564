"""What we accept when somebody looks for words."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.threads.forms.ground import Carried
from holdspace.threads.words import Note

if TYPE_CHECKING:
    from holdspace.groups.models import Group


class Place(forms.Field):
    """Where a search goes on, carried by the page as "2026-11-03 123"; nonsense begins anew."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> tuple[dt.date, int] | None:
        day, _space, number = str(value or "")[:40].partition(" ")
        try:
            return dt.date.fromisoformat(day), Carried().clean(number)
        except ValueError:
            return None


class FindForm(Form):
    """Words to look for in one's groups, and where."""

    words = forms.CharField(label=_("Words"), max_length=120)
    group = forms.ChoiceField(label=_("Where"), required=False)
    writer = forms.CharField(label=_("Who said it"), max_length=40, required=False)
    since = forms.ChoiceField(
        label=_("How far back"),
        required=False,
        choices=[
            ("", _("All that is kept")), ("31", _("A month")), ("92", _("Three months")),
            ("183", _("Half a year")),
        ],
    )  # fmt: skip
    notes = forms.MultipleChoiceField(
        label=_("Leave out what speaks of"),
        choices=Note.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    before = Place(required=False)

    def __init__(self, *args: Any, groups: "list[Group]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["group"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- tells mypy
        choice.choices = [("", _("All my groups")), *((one.code, one.name) for one in groups)]
