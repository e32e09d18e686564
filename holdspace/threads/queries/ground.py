"""The rows every query of this package begins with: talk and reader, in one go."""

from typing import TYPE_CHECKING, Any

from django.db.models import FilteredRelation, Q

from holdspace.threads.models import Talk
from holdspace.threads.queries.seen import opened
from holdspace.threads.reading import Reading
from holdspace.threads.voices import Voice

if TYPE_CHECKING:
    from holdspace.groups.models import Group


def mine(voice: Voice, relation: str) -> FilteredRelation:
    """The rows of a relation that belong to this voice, to be joined."""
    if voice.staff is not None:
        return FilteredRelation(relation, condition=Q(**{f"{relation}__staff": voice.staff.pk}))
    member = voice.member.pk if voice.member is not None else 0
    return FilteredRelation(relation, condition=Q(**{f"{relation}__member": member}))


def talk_of(group: "Group", voice: Voice) -> tuple[Talk, Reading]:
    """How the group talks and what this voice keeps there, in one query."""
    rows: Any = Talk.objects.annotate(reader=mine(voice, "readers")).select_related("reader")
    talk = rows.filter(group=group).first()
    if talk is None:
        return untouched(group), Reading()
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
