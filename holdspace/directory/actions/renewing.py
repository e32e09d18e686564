"""Keeping listings true: our own follow their groups, all follow the clock."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from holdspace.directory import indexing, own
from holdspace.directory.catalogue import held, hide, keep
from holdspace.directory.models import Catalogue, Listing, Standing
from holdspace.directory.times import LATE
from holdspace.groups.queries import GONE_AFTER, groups_open
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.members.queries import places_in_all, usual_wait


@act
def renew_own(*, by: object, organisation: int, groups: Sequence[int] | None = None) -> int:
    """Bring the listings of our groups up to date; those no longer open leave the directory.

    All groups of the organisation, or only those named; returns how many are shown.
    """
    viewer, catalogue = Viewer(organisation=organisation), held(organisation)
    open_now = {g.id: g for g in groups_open(viewer=viewer) if groups is None or g.id in groups}
    ours = {row.group_id: row for row in _ours(organisation, groups)}
    meetings = own.spans_of_groups(list(open_now.values()), viewer)
    places = places_in_all(open_now.values(), viewer=viewer)
    entries = []
    for pk, group in open_now.items():
        new = Listing(organisation_id=organisation, group=group, code=group.code)
        listing = ours.pop(pk, new)
        taken, all_places = places.get(pk, (0, 1))
        is_full = taken >= all_places
        wait = usual_wait(group, viewer=viewer) if is_full else None
        own.fill(listing, group, is_full=is_full, wait_weeks=wait)
        entries.append(indexing.entry_of(listing, meetings.get(pk, [])))
    keep(catalogue, entries)
    hide(catalogue, [row for row in ours.values() if row.shown])
    return len(open_now)


def _ours(organisation: int, groups: Sequence[int] | None) -> list[Listing]:
    rows = Listing.objects.filter(organisation_id=organisation, group__isnull=False)
    return list(rows if groups is None else rows.filter(group_id__in=groups))


@act
def advance(*, by: object, most: int = 100) -> int:
    """Move imported listings whose meeting has begun on to their next one; returns how many.

    Inside `scope.everywhere`. Short, so that it can be run again until nothing is left.
    """
    now = clock.now()
    passed = Listing.objects.filter(shown=True, group=None, soonest__lt=now - LATE)
    some = list(passed.order_by("soonest").values_list("organisation_id", "id")[:most])
    for organisation, pairs in groupby(sorted(some), key=itemgetter(0)):
        catalogue = held(organisation)
        rows = passed.filter(id__in=[pk for _organisation, pk in pairs])
        keep(catalogue, [indexing.entry_of(r, indexing.spans_ahead(r, now)) for r in rows])
    return len(some)


@act
def mark_unread(*, by: object, organisation: int, most: int = 100) -> int:
    """Imported listings of a source that nobody read for half a year leave the directory (F8).

    Reading the source again brings them back. Returns how many went; run again until none does.
    """
    catalogue, long_ago = held(organisation), clock.today() - GONE_AFTER
    old = Listing.objects.filter(group=None, source__read_on__lt=long_ago, shown=True)[:most]
    return let_go(catalogue, list(old))


def let_go(catalogue: Catalogue, listings: Sequence[Listing]) -> int:
    """Mark imported listings as gone, inside an act; nothing is deleted."""
    for listing in listings:
        listing.standing = Standing.GONE
    hide(catalogue, listings)
    return len(listings)
