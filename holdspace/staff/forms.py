"""What we accept about those who work here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.kit.places import countries, zones
from holdspace.people.rules import is_strong_passphrase
from holdspace.staff.models import Role


def _roles(**kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles in the whole organisation"),
        choices=Role.Name.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


class NamesForm(Form):
    """How a colleague is called, inside and outside."""

    name = forms.CharField(
        label=_("Name, for colleagues"), max_length=80, help_text=_("Kept sealed.")
    )
    shown_as = forms.CharField(
        label=_("Shown to people in the groups as"),
        max_length=30,
        help_text=_("A first name is enough."),
    )


class InviteForm(NamesForm):
    """Somebody to invite."""

    roles = _roles(help_text=_("Who leads which group is said at the group."))


class RolesForm(Form):
    """The roles of a colleague."""

    roles = _roles()


class SignInForm(Form):
    """A sign-in name and a passphrase of one's own for work."""

    sign_in = forms.CharField(
        label=_("Your sign-in name for work"),
        max_length=40,
        min_length=3,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text=_("Not your own name, and not the one you use as a member, if you are one."),
    )
    passphrase = forms.CharField(
        label=_("Your passphrase"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Four words in a row are easy to remember."),
    )
    again = forms.CharField(
        label=_("The passphrase again"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said, again = cleaned.get("passphrase"), cleaned.get("again")
        if said and again and said != again:
            self.add_error("again", _("The two are not the same."))
        if said:
            strong = is_strong_passphrase(said, cleaned.get("sign_in", ""))
            if not strong:
                self.add_error("passphrase", str(strong.reason))
        return cleaned


class HouseForm(NamesForm, SignInForm):
    """What sets up an empty installation: the organisation and its first coordinator."""

    house = forms.CharField(label=_("Name of the organisation"), max_length=120)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=countries,
        initial="GB",
        help_text=_("Its help lines come first."),
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="Europe/London")


class CodeForm(Form):
    """A one-time code."""

    code = forms.CharField(
        label=_("The six digits your app shows now"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
