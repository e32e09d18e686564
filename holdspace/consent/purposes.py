"""The purposes that people are asked about, each with its version and its words.

A change of the words is a new version, and a new version is asked again.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing somebody may agree to, and what happens without it."""

    slug: str
    version: int
    title: str | Promise
    words: str | Promise
    without: str | Promise


TAKING_PART = Purpose(
    slug="taking_part",
    version=1,
    title=_("Taking part in groups"),
    words=_(
        "I agree that what I say about my health in a group is kept, sealed, so that I can take "
        "part in that group."
    ),
    without=_(
        "You cannot join another group. Your groups stay as they are until you leave them, and "
        "what you wrote stays yours to take back."
    ),
)
MESSAGES = Purpose(
    slug="messages",
    version=1,
    title=_("Messages by e-mail"),
    words=_("I agree to get discreet messages about my meetings at the address I gave."),
    without=_("We send you nothing. Everything else works as before."),
)

PURPOSES = {purpose.slug: purpose for purpose in (TAKING_PART, MESSAGES)}
