"""What we accept before an account goes for good."""

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form

AT_ONCE, SPREAD = "at-once", "spread"


class Erase(Form):
    """How to go, and a yes that cannot be given by accident."""

    how = forms.ChoiceField(
        label=_("When should we do it?"),
        widget=forms.RadioSelect,
        initial=AT_ONCE,
        choices=[
            (AT_ONCE, _("Everywhere at once, now")),
            (SPREAD, _("Spread over a week, so that two groups do not see you go on one day")),
        ],
    )
    sure = forms.BooleanField(label=_("Yes, erase my account. I know that it cannot come back."))


class Current(Form):
    """The passphrase once more."""

    current = forms.CharField(
        label=_("Your passphrase"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
