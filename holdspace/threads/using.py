"""Who used their place, as conversations know it: whoever wrote, began to, answered or read."""

from typing import TYPE_CHECKING

from holdspace.threads.models import Draft, Post, Reader, Support

if TYPE_CHECKING:
    from holdspace.groups.models import Group


def talking_in(group: "Group") -> set[int]:
    """The members who did something in the group's conversations; unsigned posts name nobody."""
    found: set[int] = set()
    for rows in (
        Post.objects.filter(talk__group=group),
        Support.objects.filter(post__talk__group=group),
        Draft.objects.filter(talk__group=group),
        Reader.objects.filter(talk__group=group),
    ):
        theirs = rows.filter(member__isnull=False)
        found |= set(theirs.values_list("member_id", flat=True))
    return found
