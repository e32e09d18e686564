"""A row as it is now, not as a page read it a moment ago: locked until the act ends."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet

from holdspace.kit.guard import Unseen
from holdspace.kit.prepared import prepared
from holdspace.members.models import Member, Visit

W = TypeVar("W", bound=Member | Visit)


def afresh(who: W) -> W:
    """The member or the visit as it stands, with its group. Raises Unseen when it has gone.

    Rows that only point at it (a seat, a support) can be written meanwhile: `no_key`.
    """
    found = _AGAIN[Visit if isinstance(who, Visit) else Member](pk=who.pk)
    if not found:
        raise Unseen
    again: W = found[0]
    return again


def _asked_of(kind: type[Member | Visit]) -> Callable[..., list[Any]]:
    @prepared()
    def again(*, pk: int) -> QuerySet[Any]:
        rows: Any = kind.objects.select_for_update(of=("self",), no_key=True)
        return rows.select_related("group").filter(pk=pk)  # type: ignore[no-any-return]

    return again


_AGAIN: dict[type[Member | Visit], Callable[..., list[Any]]] = {
    kind: _asked_of(kind) for kind in (Member, Visit)
}
