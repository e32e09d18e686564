"""What a reader keeps for themself: how far they read, what they follow, mute and fold."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from holdspace.kit.guard import Unseen, demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.members.queries import members_numbered
from holdspace.threads import rules
from holdspace.threads.actions.ground import lock, lock_thread, talk_in
from holdspace.threads.models import Reader, Talk, Thread
from holdspace.threads.queries.ground import me_in
from holdspace.threads.queries.rows import reader_locked
from holdspace.threads.reading import LONGEST_WORD, MOST_WORDS, with_one, with_read
from holdspace.threads.voices import Voice, voice_in
from holdspace.threads.words import Note

if TYPE_CHECKING:
    from holdspace.groups.models import Group

Kept = dict[str, Any]


def keep(talk: Talk, voice: Voice, change: Callable[[Kept], Kept]) -> None:
    """Change what a reader keeps, under the lock of their row."""
    if voice.visit is not None:
        return
    found = reader_locked(talk=talk.pk, **me_in(voice))
    if found:
        reader = found[0]
    else:
        rows = Reader.objects.select_for_update(of=("self",))
        fresh = {"organisation_id": talk.organisation_id, "scope": voice.scope, "kept": {}}
        reader, _new = rows.get_or_create(talk=talk, **voice.columns, defaults=fresh)
    kept = change(reader.kept)
    if kept != reader.kept:
        reader.kept = kept
        reader.save(update_fields=["kept"])


@act
def note_read(*, by: Voice, thread: Thread, last: int) -> None:
    """Remember that this voice has read a conversation as far as post `last`.

    Asked by the page that has just shown it, hence with the voice it found.
    """
    demand(rules.may_see_thread(by, thread.talk, thread))
    keep(thread.talk, by, lambda kept: with_read(kept, thread.number, last))


@act
def follow(*, by: Viewer, thread: Thread, there: bool) -> None:
    """Follow a conversation, or no longer."""
    _mark(by, thread, "follow", there=there)


@act
def mute(*, by: Viewer, thread: Thread, there: bool) -> None:
    """Mute a conversation: it stands in the list and is never said to be new; or no longer."""
    _mark(by, thread, "mute", there=there)


def _mark(by: Viewer, thread: Thread, name: str, *, there: bool) -> None:
    group = thread.talk.group
    talk, voice = talk_in(group), voice_in(group, by)
    thread = lock_thread(talk, thread, voice)
    number = thread.number
    other = "mute" if name == "follow" else "follow"

    def marked(kept: Kept) -> Kept:
        kept = with_one(kept, name, number, there=there)
        return with_one(kept, other, number, there=False) if there else kept

    keep(talk, voice, marked)


@act
def mute_person(*, by: Viewer, group: "Group", member: int, there: bool) -> None:
    """Fold what one member writes, for this reader alone; the other is not told. Or no longer.

    Raises Unseen for oneself, and for who is not of this group.
    """
    talk, voice = lock(group), voice_in(group, by)
    oneself = voice.member is not None and voice.member.pk == member
    if oneself or member not in members_numbered(group, [member], viewer=by):
        raise Unseen
    keep(talk, voice, lambda kept: with_one(kept, "people", member, there=there))


@act
def change_reading(
    *,
    by: Viewer,
    group: "Group",
    folds: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
    unsigned: bool = False,
    pictures: bool = False,
) -> None:
    """Choose what is folded: content notes (all of them that should be), words, unsigned posts.

    With `pictures`, these wait until they are asked for.
    """
    talk, voice = lock(group), voice_in(group, by)
    demand(rules.may_read(voice, talk))
    chosen = {Note(note).value for note in folds}
    plain = [" ".join(word.split())[:LONGEST_WORD] for word in words]
    said = {
        "fold": sorted(chosen - set(talk.folded)),
        "open": sorted(set(talk.folded) - chosen),
        "words": sorted({word for word in plain if word}, key=str.casefold)[:MOST_WORDS],
        "unsigned": unsigned,
        "pictures": pictures,
    }
    keep(talk, voice, lambda kept: {**kept, **said})
