"""What is new since last time, over all of one's groups: computed, never stored."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from holdspace.groups.queries import groups_led
from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer
from holdspace.members.queries import memberships_of
from holdspace.threads.models import Reader, Talk, Thread
from holdspace.threads.queries.ground import reading_of
from holdspace.threads.reading import Reading
from holdspace.threads.sight import threads_seen
from holdspace.threads.voices import Voice

if TYPE_CHECKING:
    from holdspace.groups.models import Group

LOOKED_AT = 300  # conversations that moved last, over all groups


@dataclass(frozen=True, slots=True)
class News:
    """What moved in one group since this reader was there."""

    group: "Group"
    threads: int
    answers_me: bool  # something new in a conversation they began or follow


@sees
def news_for(*, viewer: Viewer) -> list[News]:
    """Groups with something new, those that answer the reader first; muted ones are silent.

    As many queries for one group as for ten.
    """
    voices = {voice.group.pk: voice for voice in _voices(viewer)}
    talks = {talk.pk: talk for talk in Talk.objects.filter(pk__in=voices)}
    readings = _readings(voices, viewer)
    seen = Q(pk__in=[])
    for pk, talk in talks.items():
        seen |= Q(talk=pk) & threads_seen(voices[pk], talk)
    rows = Thread.objects.filter(seen).only(
        "talk", "number", "last_number", "member", "organisation"
    )
    found: dict[int, list[bool]] = {}
    for thread in rows.order_by("-last_day", "-moved")[:LOOKED_AT]:
        reading, voice = readings.get(thread.talk_id, Reading()), voices[thread.talk_id]
        if thread.member_id in reading.people:
            continue
        if reading.has_new(thread.number, thread.last_number):
            close = voice.is_named_by(thread) if voice.member is not None else False
            found.setdefault(thread.talk_id, []).append(close or thread.number in reading.followed)
    news = [News(voices[pk].group, len(new), any(new)) for pk, new in found.items()]
    return sorted(news, key=lambda one: (not one.answers_me, one.group.name, one.group.pk))


def _voices(viewer: Viewer) -> list[Voice]:
    """Where the viewer is a member, or leads; the agreement is asked on the page itself."""
    if viewer.staff is not None:
        return [Voice(group, viewer) for group in groups_led(viewer=viewer)]
    return [Voice(one.group, viewer, member=one) for one in memberships_of(viewer=viewer)]


def _readings(voices: dict[int, Voice], viewer: Viewer) -> dict[int, Reading]:
    rows = Reader.objects.filter(talk__in=voices)
    if viewer.staff is not None:
        rows = rows.filter(staff__account=viewer.staff.account)
    else:
        rows = rows.filter(member__in=[voice.member for voice in voices.values()])
    return {row.talk_id: reading_of(row) for row in rows}
