"""The small vocabularies of talking: needs, content notes, supports, who may see, how it ended."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Need(TextChoices):
    """What somebody wishes for when they write (T3)."""

    LISTENING = "listening", _("Listening")
    EXPERIENCE = "experience", _("Experience of others")
    ADVICE = "advice", _("Advice")
    SHARING = "sharing", _("Just sharing")


ASKED = {
    Need.LISTENING: _("They asked for listening, not advice."),
    Need.EXPERIENCE: _("They would like to hear how it was for others."),
    Need.ADVICE: _("They asked for advice. What helped you may not fit them; say it as yours."),
    Need.SHARING: _("They are just sharing. A few words that you read it are enough."),
}


class Note(TextChoices):
    """What a text speaks of, so that who would rather not read it now can leave it folded (T4)."""

    SUICIDE = "suicide", _("Suicide")
    SELF_HARM = "self-harm", _("Self-harm")
    ABUSE = "abuse", _("Abuse or violence")
    SEXUAL = "sexual", _("Sexual violence")
    EATING = "eating", _("Eating and weight")
    SUBSTANCES = "substances", _("Alcohol and drugs")
    LOSS = "loss", _("Death and loss")
    BIRTH = "birth", _("Pregnancy and birth")
    TREATMENT = "treatment", _("Hospital and treatment")
    PANIC = "panic", _("Panic described closely")


class Kind(TextChoices):
    """A supportive response: words, never a number (T2)."""

    HEAR = "hear-you", _("I hear you")
    ME_TOO = "me-too", _("Me too")
    WITH_YOU = "with-you", _("With you")
    THANKS = "thank-you", _("Thank you for saying it")
    HOPING = "hoping", _("Hoping with you")


class Audience(TextChoices):
    """Who may see a post, widest first (I4)."""

    EVERYONE = "everyone", _("The group, and people who come to visit")
    MEMBERS = "members", _("The group")
    FACILITATORS = "facilitators", _("Only the facilitators")


WIDTH = {Audience.FACILITATORS: 0, Audience.MEMBERS: 1, Audience.EVERYONE: 2}


class Speaks(TextChoices):
    """As whom a post is written."""

    MEMBER = "member", _("A member")
    STAFF = "staff", _("A facilitator")
    UNSIGNED = "unsigned", _("Without a name")


class State(TextChoices):
    """A post is here, or how it went."""

    HERE = "here", _("Here")
    TAKEN_BACK = "taken-back", _("Taken back")
    PUT_AWAY = "put-away", _("Put away by a facilitator")
    LEFT = "left", _("Taken back on leaving")


class Late(TextChoices):
    """What somebody who joins sees of what was said before."""

    ALL = "all", _("Everything that is still kept")
    FROM_JOINING = "from-joining", _("Conversations begun since they joined")
