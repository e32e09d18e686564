"""Words that are not sent yet."""

from typing import TYPE_CHECKING, Any

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, demand
from holdspace.kit.pictures import Picture as Made
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.threads import rules
from holdspace.threads.actions.ground import lock
from holdspace.threads.actions.picturing import LONGEST_ALT, facts_of, keep_with
from holdspace.threads.actions.writing import LONGEST, LONGEST_TITLE
from holdspace.threads.models import Draft, Thread
from holdspace.threads.sending import was_sent
from holdspace.threads.voices import voice_in
from holdspace.threads.words import Audience, Need, Note

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@act
def keep_draft(
    *,
    by: Viewer,
    group: "Group",
    thread: Thread | None = None,
    title: str = "",
    words: str = "",
    need: str = "",
    notes: tuple[str, ...] = (),
    seen_by: str = "",
    quotes: int = 0,
    key: int = 0,
    alt: str = "",
    picture: Made | None = None,
    without_picture: bool = False,
) -> Draft:
    """Keep what was typed, as it is, in the place of what was kept there before.

    A picture kept before stays until another one comes, or it is wished away.
    """
    talk, voice = lock(group), voice_in(group, by)
    demand(rules.may_speak(voice, group))
    if thread is not None and not rules.may_see_thread(voice, talk, thread):
        raise Unseen
    mine = {"talk": talk, "thread": thread, **voice.columns}
    draft = Draft.objects.filter(**mine).first() or Draft(
        organisation_id=talk.organisation_id, scope=voice.scope, **mine
    )
    before = {} if draft.day is None or was_sent(draft) else draft.kept.get("picture")
    if not talk.pictures_allowed:
        picture, without_picture = None, True
    kept: dict[str, Any] = {
        "title": title[:LONGEST_TITLE],
        "words": words[: 2 * LONGEST],
        "need": need if need in Need.values else "",
        "notes": [note for note in notes if note in Note.values],
        "seen_by": seen_by if seen_by in Audience.values else "",
        "quotes": quotes,
        "key": key,
        "alt": alt[:LONGEST_ALT],
    }
    if picture is not None:
        kept["picture"] = facts_of(picture)
    elif before and not without_picture:
        kept["picture"] = before
    draft.kept, draft.day = kept, clock.today()
    draft.save()
    if picture is not None or "picture" not in kept:
        keep_with(draft, picture)
    return draft


@act
def drop_draft(*, by: Viewer, group: "Group", thread: Thread | None = None) -> bool:
    """Let a draft go; whether there was one."""
    voice = voice_in(group, by)
    if voice.visit is not None:
        raise Unseen
    gone, _by = Draft.objects.filter(talk=group.pk, thread=thread, **voice.columns).delete()
    return bool(gone)
