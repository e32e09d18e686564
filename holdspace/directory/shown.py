"""What the directory's templates may call besides the kit's parts."""

import datetime as dt

from django.utils.translation import gettext as _

from holdspace.directory.words import day_words
from holdspace.kit import clock
from holdspace.kit.parts import MACROS


def cover_words(begins: dt.datetime) -> str:
    """Monday 9:00, or 16:00 today, in the zone of the organisation's hours."""
    today = clock.now().astimezone(begins.tzinfo).date()
    if begins.date() == today:
        return _("%(time)s today") % {"time": f"{begins:%H:%M}"}
    return f"{day_words(begins.date(), today)} {begins:%H:%M}"


# A view's own `facts` and `ring` would hide the macros of that name.
GLOBALS = {
    "cover_words": cover_words,
    "facts_of": MACROS["facts"],
    "ring_of": MACROS["ring"],
}
