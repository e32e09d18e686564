"""Who used their place, as conversations know it: whoever wrote, began to, answered or read."""

from typing import TYPE_CHECKING

from holdspace.threads.models import Draft, Post, Reader, Support

if TYPE_CHECKING:
    from holdspace.groups.models import Group


def talking_in(group: "Group") -> set[int]:
    """The members who did something in the group's conversations; unsigned posts name nobody."""
    places = (
        Post.objects.filter(talk__group=group),
        Support.objects.filter(post__talk__group=group),
        Draft.objects.filter(talk__group=group),
        Reader.objects.filter(talk__group=group),
    )
    first, *rest = (
        rows.filter(member__isnull=False).order_by().values_list("member_id", flat=True)
        for rows in places
    )
    return set(first.union(*rest))
