"""What we accept when somebody signs up, comes in, or changes a way in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.people import codes, names
from holdspace.people.passphrases import LONGEST, weakness

OWN, SAME = "own", "same"
LONGEST_NAME = 40
TIMES_LONGEST = 4  # room for typing too much, so that the message comes from us


def passphrase_field(label: Any, *, new: bool, **kwargs: Any) -> forms.CharField:
    """A passphrase as typed: nothing is trimmed, pasting and password keepers are welcome."""
    complete = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    longest = LONGEST * TIMES_LONGEST
    return forms.CharField(label=label, strip=False, max_length=longest, widget=widget, **kwargs)


def name_field(**kwargs: Any) -> forms.CharField:
    """A sign-in name."""
    spelling = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(max_length=120, widget=forms.TextInput(attrs=spelling), **kwargs)


class NameChoice(Form):
    """One of three offered sign-in names, or one's own with a word of ours added."""

    choice = forms.ChoiceField(label=_("Your sign-in name"), widget=forms.RadioSelect)
    own = name_field(
        label=_("A name of your own"),
        required=False,
        help_text=_("Only if you chose that above. We add one word to it, so that it is free."),
    )

    def __init__(self, *args: Any, offers: list[str], same: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        choices: list[tuple[str, Any]] = [(offer, offer) for offer in offers]
        if same:
            choices.insert(0, (SAME, _("The one I have")))
        choices.append((OWN, _("A name of my own")))
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- tells mypy
        choice.choices = choices
        choice.initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        own = names.plain(cleaned.get("own", ""))
        if cleaned.get("choice") == OWN and not 2 <= len(own) <= LONGEST_NAME:  # noqa: PLR2004
            self.add_error("own", _("Please use 2 to 40 letters or digits."))
        return cleaned

    @property
    def wished(self) -> tuple[str, bool]:
        """The name, and whether it is to be given as it is (an offer of ours)."""
        choice: str = self.cleaned_data["choice"]
        if choice == OWN:
            return self.cleaned_data["own"].strip(), False
        return ("" if choice == SAME else choice), True


class NewPassphrase(NameChoice):
    """A sign-in name and a new passphrase."""

    passphrase = passphrase_field(
        _("Your passphrase"),
        new=True,
        help_text=_("At least 12 characters. Four words in a row are easy to remember."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "passphrase" in cleaned:
            named = cleaned.get("own") or cleaned.get("choice") or ""
            weak = weakness(cleaned["passphrase"], "" if named in {OWN, SAME} else named)
            if weak:
                self.add_error("passphrase", str(weak))
        return cleaned


class SignUp(NewPassphrase):
    """All that an account needs: a name, a passphrase, an age as the organisation asks for it."""

    age = forms.ChoiceField(label=_("Your age"), widget=forms.RadioSelect)
    stay = forms.BooleanField(
        label=_("Stay signed in on this device"),
        required=False,
        help_text=_("Leave this empty on a device that others use."),
    )

    def __init__(self, *args: Any, ages: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        age = self.fields["age"]
        assert isinstance(age, forms.ChoiceField)  # noqa: S101 -- tells mypy
        age.choices = ages


class SignIn(Form):
    """A name and a passphrase, compared as they were typed."""

    name = name_field(label=_("Your sign-in name"))
    passphrase = passphrase_field(_("Your passphrase"), new=False)
    stay = forms.BooleanField(
        label=_("Stay signed in on this device"),
        required=False,
        help_text=_("Leave this empty on a device that others use."),
    )


class OneTimeCode(Form):
    """Six digits from an authenticator app."""

    code = forms.CharField(
        label=_("The six digits from your app"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PaperCode(Form):
    """A recovery key or a short code, typed from paper."""

    code = forms.CharField(
        label=_("The code on your paper"),
        max_length=120,
        help_text=_("Capitals, spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = codes.read(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("A symbol is missing or different. Please compare it with your paper.")
            )
        return code


class Confirm(Form):
    """The passphrase once more, before a way in is changed."""

    current = passphrase_field(_("Your passphrase now"), new=False)


class Address(Form):
    """An e-mail address, or none."""

    address = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=200,
        help_text=_("We keep it sealed. Leave it empty to remove it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DeviceName(Form):
    """What somebody calls one of their devices."""

    name = forms.CharField(label=_("Name of this device"), max_length=40)
