"""The rows every query of this package begins with: talk and reader, in one go."""

from typing import TYPE_CHECKING, Any

from django.db.models import FilteredRelation, Q, Subquery

from holdspace.groups.queries import groups_led
from holdspace.kit.viewer import Viewer
from holdspace.members.queries import memberships_of
from holdspace.members.rules import agrees_to_take_part
from holdspace.threads.models import Reader, Talk
from holdspace.threads.queries.rows import ALL, GROUP, VISITORS, talk_and_reader
from holdspace.threads.queries.seen import opened
from holdspace.threads.reading import Reading
from holdspace.threads.voices import Voice

if TYPE_CHECKING:
    from holdspace.groups.models import Group

Readings = dict[int, Reading]


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


def voices_of(viewer: Viewer) -> dict[int, Voice]:
    """Where the viewer may read at once, by group: where they lead, or are a member.

    Not where a yes is asked first: to what a group agreed since, or to what is kept.
    """
    if viewer.staff is not None:
        return {group.pk: Voice(group, viewer) for group in groups_led(viewer=viewer)}
    members = memberships_of(viewer=viewer)
    if not members or not agrees_to_take_part(viewer):
        return {}
    return {
        one.group_id: Voice(one.group, viewer, member=one)
        for one in members
        if one.agreement >= (vars(one)["in_force"] or 0)
    }


def talks_in(voices: dict[int, Voice], viewer: Viewer) -> tuple[dict[int, Talk], Readings]:
    """How these groups talk, and what the viewer keeps in each of them, in one query."""
    mine = Q(readers__member__in=[one.member for one in voices.values()])
    if viewer.staff is not None:
        kept = Reader.objects.filter(staff__account=viewer.staff.account)
        mine = Q(readers__id__in=Subquery(kept.values("id")))
    rows: Any = Talk.objects.filter(pk__in=voices)
    rows = rows.annotate(reader=FilteredRelation("readers", condition=mine))
    talks = {talk.pk: talk for talk in rows.select_related("reader")}
    return talks, {pk: reading_of(getattr(talk, "reader", None)) for pk, talk in talks.items()}
