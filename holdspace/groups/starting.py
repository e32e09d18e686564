"""A first agreement to begin from: what the agreements of the field have in common."""

from django.utils.translation import gettext_lazy as _

STARTING_CLAUSES = (
    _("What is said here stays here, within the limits below."),
    _("One person speaks at a time, and everybody who wants to gets a turn."),
    _("We speak of ourselves. We give no advice unless somebody asks."),
    _("It is always fine to pass, to keep the camera off, and to leave at any moment."),
    _("We begin and end on time."),
    _("We do not record and take no pictures of the screen or the room."),
    _("We do not describe ways of harming oneself, and no details of what was done to us."),
    _("We do not speak about members who are not there."),
    _("The facilitators may interrupt so that these agreements hold."),
)
STARTING_LIMITS = _(
    "If a life is in danger, or a child is being harmed, the facilitators tell the "
    "safety lead, and tell you that they do. Nobody can promise that others keep confidence."
)
