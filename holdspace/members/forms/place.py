"""Changing what was said at joining."""

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.members.forms.joining import HopeForm, NeedsForm, WordsForm, words_field


class AboutForm(WordsForm):
    """Hello, needs, camera and hope on one page."""

    hello = words_field(_("Your hello"), _("Everybody in the group can read it. Empty is fine."))
    needs = NeedsForm.base_fields["needs"]
    camera_off = forms.BooleanField(label=_("I will keep my camera off"), required=False)
    hope = HopeForm.base_fields["hope"]
