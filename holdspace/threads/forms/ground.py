"""Fields that several forms of a conversation share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.threads.words import Note

BIGGEST = 1 << 63


class Carried(forms.Field):
    """A number a page carries along, not typed by anybody: nonsense counts as none."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        text = str(value or "")[:20]
        number = int(text) if text.isascii() and text.isdecimal() else 0
        return number if number < BIGGEST else 0


def words_field(label: Any, rows: int, longest: int, **kwargs: Any) -> forms.CharField:
    """A box to write in."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=widget, **kwargs)


def notes_field(**kwargs: Any) -> forms.MultipleChoiceField:
    """Content notes to choose from."""
    return forms.MultipleChoiceField(
        label=_("What it speaks of"),
        choices=Note.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )
