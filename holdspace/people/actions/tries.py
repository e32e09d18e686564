"""Slowing down guesses: tries are counted under a tag, before anything is compared."""

import datetime as dt
import math

from holdspace.kit import clock, scope
from holdspace.ledger.acts import act
from holdspace.people import slowing
from holdspace.people.models import Try
from holdspace.vault.tags import tag

EVERYWHERE = "|everywhere"
CODES = "|codes"


def try_tag(organisation_scope: int, tried: str) -> bytes:
    """The tag of what was tried; not the one that stands on a Person."""
    return tag(organisation_scope, "try", tried)


def _row(tried: bytes, now: dt.datetime, remembered: dt.timedelta) -> Try:
    fresh = {"wait_until": now, "goes": now + remembered}
    found: Try
    found, _new = Try.objects.select_for_update().get_or_create(
        organisation_id=scope.current(), name_tag=tried, defaults=fresh
    )
    if found.goes <= now:
        found.count, found.wait_until, found.goes = 0, now, now + remembered
    return found


@act
def note_try(*, by: object, organisation_scope: int, tried: str) -> int:
    """Count a try; returns 0 to go on, or the seconds to wait (then it was not counted)."""
    now = clock.now()
    row = _row(try_tag(organisation_scope, tried), now, slowing.REMEMBERED)
    if row.wait_until > now:
        return int((row.wait_until - now).total_seconds()) + 1
    row.count += 1
    crowded = is_crowded(organisation_scope)
    row.wait_until = now + slowing.wait_after(row.count, crowded=crowded)
    row.goes = now + slowing.REMEMBERED
    row.save()
    return 0


@act
def note_failure(*, by: object, organisation_scope: int, where: str = EVERYWHERE) -> None:
    """Count a failure anywhere: many of them make everybody's waits begin sooner."""
    row = _row(try_tag(organisation_scope, where), clock.now(), slowing.CROWD_WINDOW)
    row.count += 1
    row.save()


def is_crowded(organisation_scope: int) -> bool:
    """Whether so many tries failed lately that somebody must be guessing."""
    row = Try.objects.filter(name_tag=try_tag(organisation_scope, EVERYWHERE)).first()
    return row is not None and row.goes > clock.now() and row.count >= slowing.CROWD


def rest_of_short_codes(organisation_scope: int) -> int:
    """Seconds for which short codes rest, since too many wrong ones were tried; 0 usually."""
    row: Try | None = Try.objects.filter(name_tag=try_tag(organisation_scope, CODES)).first()
    if row is None or row.count < slowing.WRONG_CODES:
        return 0
    return max(0, math.ceil((row.goes - clock.now()).total_seconds()))


@act
def forget_tries(*, by: object, organisation_scope: int, tried: str) -> None:
    """After it fitted: the next mistake begins at nothing."""
    Try.objects.filter(name_tag=try_tag(organisation_scope, tried)).delete()


@act
def use_once(*, by: object, organisation_scope: int, what: str) -> bool:
    """Whether this challenge is used for the first time; remembered as long as it is valid."""
    now = clock.now()
    _found, new = Try.objects.get_or_create(
        organisation_id=scope.current(),
        name_tag=try_tag(organisation_scope, f"once|{what}"),
        defaults={"wait_until": now, "goes": now + slowing.REMEMBERED},
    )
    return bool(new)


@act
def clear_tries(*, by: object) -> int:
    """Delete what is older than a day; returns how many rows went."""
    return Try.objects.filter(goes__lte=clock.now()).delete()[0]
