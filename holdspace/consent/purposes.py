"""The purposes that people are asked about, each with its version and its words.

A change of the words is a new version, and a new version is asked again.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing somebody may agree to, and what happens without it.

    `points` say beforehand, one by one, what is agreed to; `words` are the yes itself. When they
    change, the former ones go into `earlier`: who agreed to them can read them.
    """

    slug: str
    version: int
    title: str | Promise
    words: str | Promise
    without: str | Promise
    points: tuple[str | Promise, ...] = ()
    earlier: tuple["Purpose", ...] = ()

    def in_version(self, version: int) -> "Purpose | None":
        """The purpose in the words of a version; None where they are not kept."""
        return next((one for one in (self, *self.earlier) if one.version == version), None)


SEALED = _("Written words are kept sealed. Whoever controls the running server could get at them.")
TAKING_PART = Purpose(
    slug="taking_part",
    version=1,
    title=_("Taking part in groups"),
    points=(
        _(
            "Being in a group can tell something about your health or your life. So can what you "
            "say there. We may keep that only if you agree."
        ),
        _(
            "We keep your name and picture in each group, what you say in it, and the seats you "
            "take. The people of that group see it, nobody in another group."
        ),
        SEALED,
        _(
            "You can take this yes back at any time, under For me. Then you leave your groups, "
            "and what you said about yourself in them is deleted."
        ),
    ),
    words=_("I agree that you keep what I say about my health, so that I can take part in groups"),
    without=_(
        "You cannot take part in groups. You leave those you are in. What you said about yourself "
        "there is deleted, and so are your turns on waiting lists and your answers to groups."
    ),
)
VISITING = Purpose(
    slug="visiting",
    version=1,
    title=_("Coming once to see"),
    points=(
        _(
            "Coming to a group can tell something about your health or your life. We may keep "
            "that you come only if you agree."
        ),
        _(
            "We keep your name for the evening, how you wish to be met, and your answers "
            "afterwards if you give any. The facilitators see your name; people who come see you."
        ),
        SEALED,
        _(
            "All of it is deleted within 24 hours after the evening. You can delete it at any "
            "moment before: that takes this yes back."
        ),
    ),
    words=_("I agree that you keep this about me until my visit is over"),
    without=_("You cannot visit. You can still look at groups, and ask a question without a name."),
)
MESSAGES = Purpose(
    slug="messages",
    version=1,
    title=_("Messages by e-mail"),
    words=_("I agree to get discreet messages about my meetings at the address I gave"),
    without=_("We send you nothing. Everything else works as before."),
)

# What an account agrees to. A visit has none: its yes stands on the visit and goes with it.
PURPOSES = {purpose.slug: purpose for purpose in (TAKING_PART, MESSAGES)}
