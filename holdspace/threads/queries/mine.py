"""What is mine to keep in a group: folds and mutes, a draft, and how the group talks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.threads import rules
from holdspace.threads.models import Draft, Talk
from holdspace.threads.queries.ground import talk_of
from holdspace.threads.queries.seen import Speaker, opened, speaker_from
from holdspace.threads.reading import Reading
from holdspace.threads.voices import Voice, voice_in

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@dataclass(frozen=True, slots=True)
class Room:
    """A group's conversation before anything in it is shown: who I am there, and its ways."""

    voice: Voice
    talk: Talk
    reading: Reading


@sees
def room_of(group: "Group", *, viewer: Viewer) -> Room:
    """Who the viewer is in a group's conversation, its ways, and what they keep. Raises Unseen."""
    voice = voice_in(group, viewer)
    talk, reading = talk_of(group, voice)
    if not rules.may_read(voice, talk):
        raise Unseen
    return Room(voice, talk, reading)


@sees
def draft_for_new(room: Room, *, viewer: Viewer) -> Draft | None:
    """The viewer's own draft of a new conversation; None without one."""
    found: Draft | None = Draft.objects.filter(
        talk=room.talk.pk, thread=None, **room.voice.columns
    ).first()
    return found if found is not None and opened(found, "kept") is not None else None


@sees
def people_muted(room: Room, *, viewer: Viewer) -> list[Speaker]:
    """Whom this reader muted, by name."""
    return speaker_from(room.voice, room.reading.people)
