"""Changing what was said at joining."""

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.members.actions.standing import STAY, TAKEN_BACK
from holdspace.members.forms.joining import HopeForm, NeedsForm, WordsForm, words_field


class LeaveForm(Form):
    """Leaving, and what becomes of one's words."""

    words = forms.ChoiceField(
        label=_("What I wrote here"),
        choices=[
            (STAY, _("It stays, under my name here, as long as the group keeps words")),
            (TAKEN_BACK, _("It is taken back. A quiet line stays in its place")),
        ],
        initial=STAY,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "If you take it back, what you wrote without a name goes too, some days later, so that "
            "it tells less of whose it was. In a small group people may still guess."
        ),
    )


class AboutForm(WordsForm):
    """Hello, needs, camera and hope on one page."""

    hello = words_field(_("Your hello"), _("Everybody in the group can read it. Empty is fine."))
    needs = NeedsForm.base_fields["needs"]
    camera_off = forms.BooleanField(label=_("I will keep my camera off"), required=False)
    hope = HopeForm.base_fields["hope"]
