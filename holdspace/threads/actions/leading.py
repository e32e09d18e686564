"""What facilitators do: pin, close and open again, note what a text speaks of, choose the ways."""

from typing import TYPE_CHECKING, Any

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.threads import rules
from holdspace.threads.actions.ground import lock, lock_post, lock_thread, turn, turn_itself
from holdspace.threads.actions.writing import notes_of
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.voices import voice_in
from holdspace.threads.words import Late, Note, Speaks

if TYPE_CHECKING:
    from holdspace.groups.models import Group

CHOICES = frozenset(
    {"need_asked", "unsigned_allowed", "pictures_allowed", "visitors_read", "late", "folded"}
)


@act
def pin(*, by: Viewer, thread: Thread, there: bool) -> Thread:
    """Keep a conversation at the top of the list, or no longer."""
    group = thread.talk.group
    talk, voice = lock(group), voice_in(group, by)
    thread = lock_thread(talk, thread, voice)
    pinned = Thread.objects.filter(talk=talk, pinned=True).exclude(pk=thread.pk).count()
    demand(rules.may_pin(voice, pinned if there else 0))
    thread.pinned = there
    thread.save(update_fields=["pinned"])
    return thread


@act
def close(*, by: Viewer, thread: Thread, why: str) -> Thread:
    """Take no more answers, for a reason that everybody can read. Raises Refused without one."""
    group = thread.talk.group
    talk, voice = lock(group), voice_in(group, by)
    thread = lock_thread(talk, thread, voice)
    demand(rules.may_facilitate_here(voice))
    demand(rules.has_reason(why))
    thread.closed_on, thread.closing = clock.today(), {"why": " ".join(why.split())}
    turn_itself(thread).save(update_fields=["closed_on", "closing", "turn", "own_turn"])
    record(group.scope, "threads.closed", actor=voice.actor, subject=thread)
    announce("threads.closed", group=talk.pk, thread=thread.pk)
    return thread


@act
def reopen(*, by: Viewer, thread: Thread) -> Thread:
    """Take answers again."""
    group = thread.talk.group
    talk, voice = lock(group), voice_in(group, by)
    thread = lock_thread(talk, thread, voice)
    demand(rules.may_facilitate_here(voice))
    if thread.is_closed:
        thread.closed_on = thread.closing = None
        turn_itself(thread).save(update_fields=["closed_on", "closing", "turn", "own_turn"])
        record(group.scope, "threads.reopened", actor=voice.actor, subject=thread)
        announce("threads.closed", group=talk.pk, thread=thread.pk)
    return thread


@act
def note_content(*, by: Viewer, post: Post, notes: tuple[str, ...]) -> Post:
    """Say what a text speaks of, instead of putting it away; writers do so for their own words."""
    group = post.talk.group
    talk, voice = lock(group), voice_in(group, by)
    post = lock_post(talk, post, voice)
    demand(rules.may_note(voice, post))
    noted = sorted(set(notes_of(notes)))
    shown: dict[str, Any] = dict(post.shown or {})
    post.shown = {**shown, "notes": noted}
    if post.speaks != Speaks.UNSIGNED:  # these cannot be edited
        post.edition += 1
    post.fresh = post.speaks == Speaks.UNSIGNED
    turn(post).save(update_fields=["shown", "edition", "turn", "fresh"])
    if post.number == 1 and post.thread.head is not None:
        post.thread.head = {**post.thread.head, "notes": noted}
        post.thread.save(update_fields=["head"])
    if voice.facilitates and not voice.is_named_by(post):  # a writer's line would name them
        record(group.scope, "threads.noted", actor=voice.actor, subject=post, notes=noted)
    announce("threads.edited", group=talk.pk, thread=post.thread_id, post=post.pk)
    return post


@act
def change_talk(*, by: Viewer, group: "Group", **choices: Any) -> Talk:
    """Choose how the group talks. Raises TypeError for what nobody can choose, ValueError."""
    unknown = set(choices) - CHOICES
    if unknown:
        raise TypeError(f"nobody chooses {', '.join(sorted(unknown))}")
    talk, voice = lock(group), voice_in(group, by)
    demand(rules.may_facilitate_here(voice))
    if "late" in choices:
        choices["late"] = Late(choices["late"]).value
    if "folded" in choices:
        choices["folded"] = sorted({Note(note).value for note in choices["folded"]})
    changed = sorted(name for name, value in choices.items() if getattr(talk, name) != value)
    for name in changed:
        setattr(talk, name, choices[name])
    if changed:
        talk.save(update_fields=changed)
        record(group.scope, "threads.changed", actor=voice.actor, names=changed)
    return talk
