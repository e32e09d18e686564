"""What we accept before a yes is taken back, or an account goes for good."""

from typing import Any

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


class Withdraw(Form):
    """When to leave several groups; nothing is asked of who leaves one or none."""

    how = forms.ChoiceField(
        label=_("When should you leave them?"),
        widget=forms.RadioSelect,
        initial=SPREAD,
        choices=[
            (SPREAD, _("Spread over a week, so that two groups do not see you go on one day")),
            (AT_ONCE, _("All of them now")),
        ],
    )

    def __init__(self, *args: Any, many: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if many < 2:  # noqa: PLR2004
            del self.fields["how"]

    @property
    def spread(self) -> bool:
        """Whether they go one by one over a week."""
        return bool(self.cleaned_data.get("how") == SPREAD)


class Current(Form):
    """The passphrase once more."""

    current = forms.CharField(
        label=_("Your passphrase"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
