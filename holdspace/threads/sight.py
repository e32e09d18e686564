"""Who may see what of a conversation, as conditions of a query.

`rules.may_see_thread` and `rules.may_see_post` say the same of one row.

Notices, searches and whatever looks over many conversations take their rows through one of these;
a list and a page of one conversation ask the same in `queries/rows.py`, prepared.
"""

from typing import TYPE_CHECKING

from django.db.models import Q

from holdspace.threads.words import Audience, Late, State

if TYPE_CHECKING:
    from holdspace.threads.models import Talk
    from holdspace.threads.voices import Voice

NOTHING = Q(pk__in=[])


def audiences_of(voice: "Voice") -> list[str]:
    """The audiences this voice belongs to."""
    if voice.facilitates:
        return [Audience.EVERYONE.value, Audience.MEMBERS.value, Audience.FACILITATORS.value]
    if voice.member is not None:
        return [Audience.EVERYONE.value, Audience.MEMBERS.value]
    return [Audience.EVERYONE.value]


def threads_seen(voice: "Voice", talk: "Talk", before: str = "") -> Q:
    """Conversations this voice may see; `before` is the way to the thread ("thread__")."""
    if voice.visit is not None and not talk.visitors_read:
        return NOTHING
    seen = _heard(voice, before)
    if voice.member is not None and talk.late == Late.FROM_JOINING and not voice.facilitates:
        seen &= Q(**{f"{before}day__gte": voice.member.joined_on})
    return seen


def posts_seen(voice: "Voice", talk: "Talk") -> Q:
    """Posts here, of the whole group, that this voice may see."""
    seen = threads_seen(voice, talk, "thread__") & Q(talk=talk, state=State.HERE.value)
    if voice.facilitates:
        return seen
    return seen & (Q(thread__seen_by=Audience.FACILITATORS.value) | _heard(voice, ""))


def others_than(voice: "Voice") -> Q:
    """Posts that this member did not write."""
    return ~Q(member=voice.member.pk) if voice.member is not None else Q()


def _heard(voice: "Voice", before: str) -> Q:
    if voice.facilitates:
        return Q()
    heard = Q(**{f"{before}seen_by__in": audiences_of(voice)})
    if voice.member is not None:
        heard |= Q(**{f"{before}member": voice.member.pk})
    return heard
