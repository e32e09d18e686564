"""The part by which a work account leads a group at present, asked by itself or with the group.

Coming along is for pages that show; an act asks by itself (see kit.remembering).
"""

from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet, Subquery

from holdspace.groups.choices import Part
from holdspace.groups.models import Group, Leadership
from holdspace.kit.prepared import prepared
from holdspace.kit.remembering import came_along, once_a_request
from holdspace.kit.viewer import Viewer

LEADING = [Part.FACILITATOR.value, Part.CO_FACILITATOR.value]


@once_a_request
def part_of(viewer: Viewer, group: Group) -> Leadership | None:
    """The viewer's part, with the work account; None for who does not lead here."""
    if viewer.staff is None or viewer.organisation != group.organisation_id:
        return None
    found = _part(group=group.pk, account=viewer.staff.account)
    return found[0] if found else None


@prepared()
def _part(*, group: int, account: int) -> QuerySet[Leadership]:
    rows = _parts_of(account).filter(group=group).select_related("staff")
    return rows.order_by("id")[:1]


@prepared()
def group_and_part(*, organisation: int, code: str, account: int) -> QuerySet[Group]:
    """A group by its code, with the part this work account has in it (`.led_as`, or None)."""
    mine = Q(leaderships__id__in=Subquery(_parts_of(account).values("id")))
    rows: Any = Group.objects.annotate(led_as=FilteredRelation("leaderships", condition=mine))
    rows = rows.filter(organisation_id=organisation, code=code).order_by("led_as__id")
    return rows.select_related("organisation", "led_as__staff")[:1]  # type: ignore[no-any-return]


def _parts_of(account: Any) -> QuerySet[Leadership]:
    rows: QuerySet[Leadership] = Leadership.objects.filter(part__in=LEADING, until=None)
    return rows.filter(staff__account=account, staff__ended_on=None)


def note_part(viewer: Viewer, group: Group) -> None:
    """Note what `group_and_part` brought."""
    came_along(part_of, viewer, group, answer=vars(group).pop("led_as", None))
