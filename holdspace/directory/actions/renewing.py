"""Keeping listings true: our own follow their groups, all follow the clock."""

from collections.abc import Sequence

from holdspace.directory import indexing, own
from holdspace.directory.models import Listing, Standing, Word
from holdspace.directory.times import LATE, Span
from holdspace.groups.queries import GONE_AFTER, groups_open
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.members.queries import places_in_all, usual_wait

_MANY = 500


@act
def renew_own(*, by: object, organisation: int, groups: Sequence[int] | None = None) -> int:
    """Bring the listings of our groups up to date; those no longer open leave the directory.

    All groups of the organisation, or only those named; returns how many are shown.
    """
    viewer = Viewer(organisation=organisation)
    open_now = {g.id: g for g in groups_open(viewer=viewer) if groups is None or g.id in groups}
    held = {row.group_id: row for row in _ours(organisation, groups)}
    meetings = own.spans_of_groups(list(open_now.values()), viewer)
    places = places_in_all(open_now.values(), viewer=viewer)
    for pk, group in open_now.items():
        row = held.pop(pk, None)
        listing = row or Listing(organisation_id=organisation, group=group, code=group.code)
        taken, all_places = places.get(pk, (0, 1))
        is_full = taken >= all_places
        wait = usual_wait(group, viewer=viewer) if is_full else None
        own.fill(listing, group, is_full=is_full, wait_weeks=wait)
        _keep(listing, meetings.get(pk, []), is_new=row is None)
    for row in held.values():
        _hide(row)
    return len(open_now)


def _ours(organisation: int, groups: Sequence[int] | None) -> list[Listing]:
    rows = Listing.objects.filter(organisation_id=organisation, group__isnull=False)
    return list(rows if groups is None else rows.filter(group_id__in=groups))


def _keep(listing: Listing, spans: Sequence[Span], *, is_new: bool) -> None:
    indexing.set_next(listing, spans)
    listing.save(force_insert=is_new, force_update=not is_new)
    wanted = set(indexing.words_for(listing, spans))
    held = set(Word.objects.filter(listing=listing.pk).values_list("term", "listing_id"))
    if gone := {term for term, _listing in held - wanted}:
        Word.objects.filter(term__in=gone, listing=listing.pk).delete()
    indexing.write_words(sorted(wanted - held))


def _hide(row: Listing) -> None:
    if row.shown:
        row.shown = False
        row.save(update_fields=["shown"])
        Word.objects.filter(listing=row.pk).delete()


@act
def advance(*, by: object, most: int = 300) -> int:
    """Move imported listings whose meeting has begun on to their next one; returns how many.

    Inside `scope.everywhere`. Short, so that it can be run again until nothing is left.
    """
    now = clock.now()
    passed = Listing.objects.filter(shown=True, group=None, soonest__lt=now - LATE).order_by(
        "soonest"
    )[:most]
    rows = list(passed)
    for listing in rows:
        _keep(listing, indexing.spans_ahead(listing, now), is_new=False)
    return len(rows)


@act
def mark_unread(*, by: object) -> int:
    """Imported listings of a source that nobody read for half a year leave the directory (F8).

    Inside an organisation. Reading the source again brings them back. Returns how many went.
    """
    long_ago = clock.today() - GONE_AFTER
    old = Listing.objects.filter(group=None, source__read_on__lt=long_ago, shown=True)
    ids = list(old.values_list("id", flat=True))
    for start in range(0, len(ids), _MANY):
        some = ids[start : start + _MANY]
        Word.objects.filter(listing__in=some).delete()
        Listing.objects.filter(id__in=some).update(shown=False, standing=Standing.GONE)
    return len(ids)
