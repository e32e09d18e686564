"""Supportive responses: words with a name, one a person and post, changed or taken back."""

from django.db.models import Max

from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.events import announce
from holdspace.threads import rules
from holdspace.threads.actions.ground import lock, lock_post, turn
from holdspace.threads.models import Post, Support
from holdspace.threads.voices import voice_in
from holdspace.threads.words import Kind


@act
def support(*, by: Viewer, post: Post, kind: str) -> Support:
    """Say one of five things to a post; said before, it is changed. Raises ValueError, Refused."""
    group = post.talk.group
    talk, voice = lock(group), voice_in(group, by)
    post = lock_post(talk, post, voice)
    demand(rules.may_support(voice, post))
    given: Support | None = Support.objects.filter(post=post, **voice.columns).first()
    if given is None:
        last = Support.objects.filter(post=post).aggregate(last=Max("number"))["last"] or 0
        given = Support(
            organisation_id=post.organisation_id, post=post, number=last + 1, **voice.columns
        )
    before, given.kind = given.kind, Kind(kind).value
    given.save()
    if given.kind != before:
        turn(post, words=False).save(update_fields=["turn"])
    announce("threads.supported", group=post.talk_id, thread=post.thread_id, post=post.pk)
    return given


@act
def unsupport(*, by: Viewer, post: Post) -> bool:
    """Take one's support back; whether there was one."""
    group = post.talk.group
    talk, voice = lock(group), voice_in(group, by)
    post = lock_post(talk, post, voice)
    gone, _by_model = Support.objects.filter(post=post, **voice.columns).delete()
    if gone:
        turn(post, words=False).save(update_fields=["turn"])
    announce("threads.supported", group=post.talk_id, thread=post.thread_id, post=post.pk)
    return bool(gone)
