"""Words that are not sent yet."""

from typing import TYPE_CHECKING, Any

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, demand
from holdspace.kit.ids import new_id
from holdspace.kit.pictures import Picture as Made
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.threads import rules
from holdspace.threads.actions.ground import lock
from holdspace.threads.actions.picturing import LONGEST_ALT, facts_of, keep_with
from holdspace.threads.actions.writing import LONGEST, LONGEST_TITLE
from holdspace.threads.models import Draft, Talk, Thread
from holdspace.threads.queries.rows import post_sent
from holdspace.threads.sending import post_id_of, was_sent
from holdspace.threads.voices import Voice, voice_in
from holdspace.threads.words import Audience, Need, Note

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@act
def keep_draft(
    *,
    by: Viewer,
    group: "Group",
    thread: Thread | None = None,
    picture: Made | None = None,
    without_picture: bool = False,
    **typed: Any,
) -> Draft:
    """Keep what was typed (see `_typed`), as it is, in the place of what was kept there before.

    A picture kept before stays until another one comes, or it is wished away. Words begun anew on
    a page whose words were sent (a browser went back to it) are a draft of their own.
    """
    talk, voice = lock(group), voice_in(group, by)
    demand(rules.may_speak(voice, group))
    if thread is not None and not rules.may_see_thread(voice, talk, thread):
        raise Unseen
    mine = {"talk": talk, "thread": thread, **voice.columns}
    draft = Draft.objects.filter(**mine).first() or Draft(
        organisation_id=talk.organisation_id, scope=voice.scope, **mine
    )
    before = _picture_before(talk, draft, wanted=not without_picture)
    made = picture if rules.may_show_pictures(talk) else None
    shown = facts_of(made) if made is not None else before
    draft.kept = _typed(**typed) | ({"picture": shown} if shown else {})
    if _is_spent(voice, draft.kept["key"]):
        draft.kept = {**draft.kept, "key": new_id()}
    draft.day = clock.today()
    draft.save()
    if made is not None or not shown:
        keep_with(draft, made)
    return draft


def _is_spent(voice: Voice, key: int) -> bool:
    """Whether the post of this composer's key stands."""
    return bool(key and post_sent(post=post_id_of(voice, key)))


@act
def keep_by_itself(
    *, by: Viewer, group: "Group", thread: Thread | None = None, key: int = 0, **typed: Any
) -> Draft | None:
    """What an open page keeps while somebody writes; None where it keeps nothing.

    Never after the words were sent, and never over a draft begun on another page. Nothing is
    kept of what is to have no name, for a draft bears one: with the wish, what was kept goes.
    """
    _talk, voice = lock(group), voice_in(group, by)
    before: Draft | None = Draft.objects.filter(
        talk=group.pk, thread=thread, **voice.columns
    ).first()
    standing = before is not None and not was_sent(before)
    if standing and before is not None and before.kept.get("key") != key:
        return None
    if typed.get("unsigned") or not (typed.get("words") or typed.get("title")):
        if standing:
            drop_draft(by=by, group=group, thread=thread)
        return None
    if _is_spent(voice, key):
        return None
    return keep_draft(by=by, group=group, thread=thread, key=key, **typed)


def _typed(
    *,
    title: str = "",
    words: str = "",
    need: str = "",
    notes: tuple[str, ...] = (),
    seen_by: str = "",
    unsigned: bool = False,
    quotes: int = 0,
    alt: str = "",
    key: int = 0,
) -> dict[str, Any]:
    """As it is kept: nothing longer than can be sent, no choice that there is not."""
    return {
        "title": title[:LONGEST_TITLE],
        "words": words[: 2 * LONGEST],
        "need": need if need in Need.values else "",
        "notes": [note for note in notes if note in Note.values],
        "seen_by": seen_by if seen_by in Audience.values else "",
        "unsigned": unsigned,
        "quotes": quotes,
        "alt": alt[:LONGEST_ALT],
        "key": key,
    }


def _picture_before(talk: Talk, draft: Draft, *, wanted: bool) -> dict[str, Any] | None:
    """Facts of the picture that was kept there, and stays if no other comes."""
    if not wanted or draft.day is None or not rules.may_show_pictures(talk) or was_sent(draft):
        return None
    found: dict[str, Any] | None = draft.kept.get("picture")
    return found


@act
def drop_draft(*, by: Viewer, group: "Group", thread: Thread | None = None) -> bool:
    """Let a draft go; whether there was one."""
    voice = voice_in(group, by)
    if voice.visit is not None:
        raise Unseen
    gone, _by = Draft.objects.filter(talk=group.pk, thread=thread, **voice.columns).delete()
    return bool(gone)
