"""Who may read, speak, change and lead in a group's conversation."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.sight import audiences_of
from holdspace.threads.voices import Voice
from holdspace.threads.words import WIDTH, Audience, Late, Speaks

if TYPE_CHECKING:
    from holdspace.groups.models import Group

MOST_PINNED = 5
LONGEST_REASON = 300
_INSIDE = _("This is for people who have a place in the group.")
_LEADS = _("Only this group's facilitators can do this.")


@may
def may_read(voice: Voice, talk: Talk) -> Verdict:
    """Members and facilitators; visitors while their visit lives, where the group allows it."""
    return when(voice.visit is None or talk.visitors_read, _INSIDE)


@may
def may_see_thread(voice: Voice, talk: Talk, thread: Thread) -> Verdict:
    """Its audience, its writer, and for late joiners what the group says they see."""
    allowed = may_read(voice, talk)
    if not allowed or voice.facilitates:
        return allowed
    heard = thread.seen_by in audiences_of(voice) or voice.is_named_by(thread)
    late = talk.late == Late.FROM_JOINING and voice.member is not None
    if voice.member is not None and late and thread.day < voice.member.joined_on:
        return no(_INSIDE)
    return when(heard, _INSIDE)


@may
def may_see_post(voice: Voice, talk: Talk, thread: Thread, post: Post) -> Verdict:
    """Whoever sees the conversation, save for answers written to a narrower circle."""
    allowed = may_see_thread(voice, talk, thread)
    if not allowed or voice.facilitates or thread.seen_by == Audience.FACILITATORS:
        return allowed
    return when(post.seen_by in audiences_of(voice) or voice.is_named_by(post), _INSIDE)


@may
def may_speak(voice: Voice, group: "Group") -> Verdict:
    """Members, resting ones too, and facilitators, while the group lives. Visitors listen."""
    if voice.visit is not None:
        return no(_("Visitors read. Writing is for people who have a place in the group."))
    return when(group.state != "ended", _("This group has ended. What was said can be read."))


@may
def may_answer(voice: Voice, thread: Thread) -> Verdict:
    """While the conversation is open; facilitators may still say a last word."""
    allowed = may_speak(voice, voice.group)
    if not allowed or voice.facilitates:
        return allowed
    return when(not thread.is_closed, _("This conversation is closed. You can begin a new one."))


@may
def may_be_seen_by(talk: Talk, audience: str, thread: Thread | None = None) -> Verdict:
    """What the group allows, and never wider than the conversation."""
    if audience == Audience.EVERYONE and not talk.visitors_read:
        return no(_("In this group visitors do not read along."))
    narrow = thread is None or WIDTH[Audience(audience)] <= WIDTH[Audience(thread.seen_by)]
    return when(narrow, _("An answer cannot be seen by more people than its conversation."))


@may
def may_go_unsigned(voice: Voice, talk: Talk, audience: str) -> Verdict:
    """Members, where the group allows it, to the whole group."""
    if voice.member is None or not talk.unsigned_allowed:
        return no(_("In this group everybody writes under their name here."))
    fits = audience != Audience.FACILITATORS
    return when(fits, _("Without a name you can write to the group, not to facilitators alone."))


@may
def may_show_pictures(talk: Talk) -> Verdict:
    """Where the group has not chosen to do without."""
    return when(talk.pictures_allowed, _("In this group we show no pictures."))


@may
def is_writer(voice: Voice, post: Post) -> Verdict:
    """One's own words; an unsigned post is known by the tag that only its writer's key makes."""
    if post.speaks == Speaks.UNSIGNED:
        mine = voice.member is not None and post.owner == voice.tag_of("unsigned", post.pk)
        return when(mine, _("These are somebody else's words."))
    return when(voice.is_named_by(post), _("These are somebody else's words."))


@may
def may_edit(voice: Voice, post: Post) -> Verdict:
    """One's own signed words while they are here."""
    own = is_writer(voice, post)
    if not own:
        return own
    if not post.is_here:
        return no(_("These words were taken back."))
    signed = post.speaks != Speaks.UNSIGNED
    return when(signed, _("Words without a name cannot be changed. Take them back, write anew."))


@may
def may_take_back(voice: Voice, post: Post) -> Verdict:
    """One's own words, at any time."""
    own = is_writer(voice, post)
    return own and when(post.is_here, _("These words were taken back already."))


@may
def may_put_away(voice: Voice, post: Post) -> Verdict:
    """Facilitators, where a note is not enough: always with a reason that stands there."""
    allowed = may_facilitate_here(voice)
    return allowed and when(post.is_here, _("These words were taken back already."))


@may
def may_support(voice: Voice, post: Post) -> Verdict:
    """Anybody who speaks here, for somebody else's words."""
    allowed = may_speak(voice, voice.group)
    if not allowed:
        return allowed
    if not post.is_here:
        return no(_("These words were taken back."))
    return when(not is_writer(voice, post), _("These are your own words."))


@may
def may_facilitate_here(voice: Voice) -> Verdict:
    """Facilitators pin, close, open again, note and choose how the group talks."""
    return when(voice.facilitates, _LEADS)


@may
def may_note(voice: Voice, post: Post) -> Verdict:
    """The writer and facilitators say what a text speaks of."""
    if not post.is_here:
        return no(_("These words were taken back."))
    return yes() if voice.facilitates else is_writer(voice, post)


@may
def may_pin(voice: Voice, pinned: int) -> Verdict:
    """A few at a time, so that pins stay worth reading; `pinned` is how many are."""
    allowed = may_facilitate_here(voice)
    few = when(pinned < MOST_PINNED, _("Five conversations are pinned already. Unpin one first."))
    return allowed and few


@may
def has_reason(why: str) -> Verdict:
    """What a facilitator does to somebody's words always has a reason that can be read."""
    words = " ".join(why.split())
    return when(0 < len(words) <= LONGEST_REASON, _("Say why, in a sentence that all can read."))
