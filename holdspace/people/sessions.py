"""What a session is: a cookie of 256 bits, its digest here, and two limits of time."""

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse

from holdspace.kit import clock, scope
from holdspace.kit.prepared import prepared
from holdspace.people.models import STAFF, Session
from holdspace.vault import keys


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives at most, how long unused, and how often that is noted."""

    whole: dt.timedelta
    idle: dt.timedelta
    step: dt.timedelta


STAYING = Limits(dt.timedelta(days=90), dt.timedelta(days=30), dt.timedelta(days=1))
PASSING = Limits(dt.timedelta(hours=24), dt.timedelta(hours=3), dt.timedelta(minutes=15))
AT_WORK = Limits(dt.timedelta(hours=12), dt.timedelta(hours=1), dt.timedelta(minutes=10))


def limits_for(kind: str, *, stay: bool) -> Limits:
    """The limits of a session: staff's are short, a device of one's own may stay signed in."""
    if kind == STAFF:
        return AT_WORK
    return STAYING if stay else PASSING


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host over HTTPS; plain http has no such prefix."""
    return "__Host-here" if settings.SECURE else "here"


def digest(cookie: str) -> bytes:
    """What we keep of a session's cookie."""
    return hashlib.sha256(cookie.encode()).digest()


def session_at(cookie: str) -> Session | None:
    """The living session of a cookie in the organisation we are in, in one query."""
    found = _with_token(token=digest(cookie))
    return found[0] if found and is_living(found[0]) else None


@prepared()
def _with_token(*, token: bytes) -> QuerySet[Session]:
    rows: QuerySet[Session] = Session.objects.filter(token=token)
    return rows


def is_living(session: Session) -> bool:
    """Neither past its whole life nor unused for too long."""
    now = clock.now()
    return session.expires >= now.date() and now < _end_of(session)


def living_among(sessions: Collection[int]) -> set[int]:
    """Those of these sessions, of any organisation, by which somebody is still signed in.

    Asked again and again for many open pages: whether a session is there is looked up each time,
    how long it lives only when what was known of that is over (it never becomes less).
    """
    now = clock.now()
    with scope.everywhere("open pages of all organisations end with their sign-in"):
        here = set(_there(sessions=sorted(sessions)))
        known = {one: until for one in here if (until := _lives_until.get(one, now)) > now}
        asked = Session.objects.filter(id__in=here - known.keys())
        if len(known) < len(here):
            known |= _ends_of(asked)
    _lives_until.clear()
    _lives_until.update(known)
    return {one for one, until in known.items() if until > now}


_lives_until: dict[int, dt.datetime] = {}


@prepared()
def _there(*, sessions: list[int]) -> QuerySet[Session, int]:
    return Session.objects.filter(id__in=sessions).values_list("id", flat=True)


def _ends_of(rows: QuerySet[Session]) -> dict[int, dt.datetime]:
    """When each of these ends if nobody uses it any more, the keys checked once for all."""
    keys.begin_request()
    try:
        return {row.id: _end_of(row) for row in rows}
    finally:
        keys.end_request()


def _end_of(session: Session) -> dt.datetime:
    body = session.sealed
    day_after = session.expires + dt.timedelta(days=1)
    last = dt.datetime.combine(day_after, dt.time(), dt.UTC)
    return min(last, moment(body["until"]), moment(body["idle"]))


def began(session: Session) -> dt.datetime:
    """When it began: its end, less its whole life."""
    limits = limits_for(session.kind, stay=session.sealed["stay"])
    return moment(session.sealed["until"]) - limits.whole


def needs_noting(session: Session) -> bool:
    """Whether enough time passed that the idle limit should be moved on."""
    limits = limits_for(session.kind, stay=session.sealed["stay"])
    return clock.now() + limits.idle - moment(session.sealed["idle"]) >= limits.step


def moment(written: str) -> dt.datetime:
    """A moment from its sealed form."""
    return dt.datetime.fromisoformat(written)


def set_cookie(response: HttpResponse, cookie: str, lasting: dt.timedelta | None) -> None:
    """Give the browser its cookie, for `lasting` or until the browser closes."""
    response.set_cookie(
        cookie_name(),
        cookie,
        max_age=lasting,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )
