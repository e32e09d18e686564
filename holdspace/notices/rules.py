"""Whether anything can be sent."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, when
from holdspace.notices import post


@may
def can_send_mail() -> Verdict:
    """Whether this installation has a mail server (the demonstration writes files instead)."""
    return when(post.is_set_up(), _("Mail is not set up on this installation yet."))
