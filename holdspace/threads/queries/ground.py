"""The rows every query of this package begins with: talk and reader, in one go."""

from typing import TYPE_CHECKING, Any

from holdspace.threads.models import Talk
from holdspace.threads.queries.rows import ALL, GROUP, VISITORS, talk_and_reader
from holdspace.threads.queries.seen import opened
from holdspace.threads.reading import Reading
from holdspace.threads.voices import Voice

if TYPE_CHECKING:
    from holdspace.groups.models import Group


def me_in(voice: Voice) -> dict[str, Any]:
    """Who is looking, as prepared questions take it."""
    if voice.staff is not None:
        return {"me": voice.staff.pk, "works": True}
    return {"me": voice.member.pk if voice.member is not None else 0, "works": False}


def heard_by(voice: Voice) -> dict[str, Any]:
    """Whose words this voice hears, as prepared questions take it."""
    if voice.facilitates:
        return {"heard": ALL, "me": 0}
    if voice.member is not None:
        return {"heard": GROUP, "me": voice.member.pk}
    return {"heard": VISITORS, "me": 0}


def talk_of(group: "Group", voice: Voice) -> tuple[Talk, Reading]:
    """How the group talks and what this voice keeps there, in one query."""
    found = talk_and_reader(group=group.pk, **me_in(voice))
    if not found:
        return untouched(group), Reading()
    talk = found[0]
    talk.group = group
    return talk, reading_of(getattr(talk, "reader", None))


def untouched(group: "Group") -> Talk:
    """The talk of a group in which nobody has spoken yet."""
    return Talk(
        organisation_id=group.organisation_id, group=group, scope=group.scope, glass=0, folded=[]
    )


def reading_of(reader: Any) -> Reading:
    """What a reader keeps; nothing yet, or nothing that opens, is an empty one."""
    return Reading((opened(reader, "kept") or {}) if reader is not None else {})
