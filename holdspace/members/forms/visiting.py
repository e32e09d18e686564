"""Asking to visit, and the three private questions afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.consent.queries import VISITING
from holdspace.kit.forms import Form
from holdspace.kit.verdicts import Verdict
from holdspace.members import rules
from holdspace.members.forms.joining import agree_field, yes_to
from holdspace.members.forms.naming import NameForm
from holdspace.members.queries import Evening

YES, NO = "yes", "no"


class VisitForm(NameForm):
    """A name for the evening, which evening, and how to be met."""

    meeting = forms.ChoiceField(
        label=_("Which evening?"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This date was taken meanwhile. Choose another.")},
    )
    greeted = forms.ChoiceField(
        label=_("Would you like somebody to greet you?"),
        choices=[(YES, _("Yes, please")), (NO, _("No, I will find my way"))],
        initial=YES,
        widget=forms.RadioSelect,
    )
    listens = forms.BooleanField(label=_("I only want to listen"), required=False, initial=True)
    agree = agree_field()
    visiting = yes_to(VISITING)

    def __init__(self, *args: Any, evenings: list[Evening], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.evenings = {str(evening.meeting): evening for evening in evenings}
        choose: Any = self.fields["meeting"]
        choose.choices = [(key, evening.words) for key, evening in self.evenings.items()]
        if not evenings:
            del self.fields["meeting"]

    def is_free(self, alias: str) -> Verdict:
        """Whether no other visitor has it; members are not looked at."""
        return rules.is_evening_name_free(self.group, alias)

    @property
    def evening(self) -> Evening | None:
        """The evening that was chosen, where there was a choice."""
        return self.evenings.get(self.cleaned_data.get("meeting", ""))


class AnotherEveningForm(Form):
    """Another evening for the same visit."""

    meeting = forms.ChoiceField(
        label=_("Which evening?"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This date was taken meanwhile. Choose another.")},
    )

    def __init__(self, *args: Any, evenings: list[Evening], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.evenings = {str(evening.meeting): evening for evening in evenings}
        choose: Any = self.fields["meeting"]
        choose.choices = [(key, evening.words) for key, evening in self.evenings.items()]

    @property
    def evening(self) -> Evening:
        """The evening that was chosen."""
        return self.evenings[self.cleaned_data["meeting"]]


class WishesForm(Form):
    """Changed one's mind about being greeted, or listening."""

    greeted = forms.BooleanField(label=_("Somebody should greet me"), required=False)
    listens = forms.BooleanField(label=_("I only want to listen"), required=False)


def _question(label: Any, least: Any, most: Any, middle: Any = None) -> forms.ChoiceField:
    between = [("2", middle or _("Partly"))]
    return forms.ChoiceField(
        label=label,
        choices=[("1", least), *between, ("3", most)],
        required=False,
        widget=forms.RadioSelect,
    )


class AfterForm(Form):
    """Heard, safe, again: private, unless the facilitators may read them."""

    heard = _question(_("Could you follow, and were you heard if you spoke?"), _("No"), _("Yes"))
    safe = _question(_("Did it feel safe enough?"), _("No"), _("Yes"))
    again = _question(_("Would you like to come again?"), _("Not for me"), _("Yes"), _("Perhaps"))
    shared = forms.BooleanField(
        label=_("The facilitators may read my answers, under my name for the evening"),
        required=False,
    )
