"""What can be seen of accounts: one's own, by oneself."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.remembering import once_a_request
from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.people import codes, sessions
from holdspace.people.actions.calendars import calendar_tag
from holdspace.people.actions.signing import whose
from holdspace.people.actions.ways import locked
from holdspace.people.holder import AccountHolder
from holdspace.people.models import STAFF, CalendarKey, Passkey, Person, RecoveryKey, Session


def account_of(viewer: Viewer) -> int | None:
    """The opaque account of who is looking; it reads nothing and is asked without a viewer's leave.

    (It is found without a viewer having to be somebody: then it is None.)
    """
    if viewer.holder is not None:
        return viewer.holder.account
    return viewer.staff.account if viewer.staff is not None else None


def holder_for(account: int, *, scope: int) -> AccountHolder:
    """The holder of an account, by its organisation's scope; looks nothing up, without a viewer."""
    return AccountHolder(account=account, scope=scope)


@sees
def own_account(*, viewer: Viewer) -> Person:
    """The Person who is looking. Raises Unseen when nobody is signed in."""
    account = account_of(viewer)
    rows = Person.objects.select_related("organisation").filter(id=account)
    person: Person | None = rows.first() if account else None
    if person is None:
        raise Unseen
    return person


@sees
def stays(*, viewer: Viewer) -> bool:
    """Whether the account looking is still there; asked in an act, it stays until that ends.

    Held by a lock that leaves no trace, before any row of a membership is touched.
    """
    account = account_of(viewer)
    if account is None:
        return False
    try:
        locked(account)
    except Person.DoesNotExist:
        return False
    return True


def every_account() -> list[int]:
    """All members' accounts of the organisation we are in, for the clock, without a viewer."""
    return list(Person.objects.filter(kind=Person.Kind.MEMBER).values_list("id", flat=True))


def accounts_in_passing(*, begun_before: dt.datetime) -> list[int]:
    """Members' accounts without any way back, in which nobody signed in since `begun_before`.

    For the clock, without a viewer. An account keeps no day of its beginning: a session tells it,
    sealed, and where none is left nobody can come in any more but by a short code.
    """
    rows = Person.objects.select_related("organisation").filter(
        kind=Person.Kind.MEMBER, name_tag=None
    )
    paper = RecoveryKey.objects.filter(person=OuterRef("pk"), kind=RecoveryKey.Kind.PAPER)
    keys = Passkey.objects.filter(person=OuterRef("pk"))
    people = {whose(person): person.id for person in rows.exclude(Exists(paper) | Exists(keys))}
    recent = {
        bytes(session.whose)
        for session in Session.objects.filter(whose__in=list(people))
        if sessions.began(session) >= begun_before
    }
    return [account for mark, account in people.items() if mark not in recent]


@dataclass(frozen=True, slots=True)
class WaysBack:
    """Which ways back in somebody keeps."""

    passphrase: bool
    passkeys: tuple[Passkey, ...]
    paper: bool
    address: str

    @property
    def any(self) -> bool:
        """Whether there is at least one; an address alone is none."""
        return self.passphrase or self.paper or bool(self.passkeys)


@sees
def ways_back_of(*, viewer: Viewer) -> WaysBack:
    """The ways back in that the person looking keeps. Raises Unseen."""
    person = own_account(viewer=viewer)
    passkeys = list(Passkey.objects.filter(person=person).select_related("person").order_by("id"))
    paper = RecoveryKey.objects.filter(person=person, kind=RecoveryKey.Kind.PAPER).exists()
    return WaysBack(
        passphrase="passphrase" in person.secrets,
        passkeys=tuple(passkeys),
        paper=paper,
        address=person.secrets.get("address", ""),
    )


@sees
def keeps_a_way_back(*, viewer: Viewer) -> bool:
    """Whether the person looking could come back after leaving; True for nobody."""
    if not viewer.is_somebody:
        return True
    person = _with_ways(viewer)
    return person is not None and (
        person.by_key or person.by_paper or "passphrase" in person.secrets
    )


def with_a_way_back(accounts: list[int]) -> set[int]:
    """Those of these accounts whose people could come back after leaving their browser.

    A narrow question, asked by an act or a query that knows who is looking, hence without a viewer.
    """
    rows = _ways().filter(id__in=accounts)
    return {p.id for p in rows if p.by_key or p.by_paper or "passphrase" in p.secrets}


@once_a_request
def _with_ways(viewer: Viewer) -> Any:
    return _ways().filter(id=account_of(viewer)).first()


def _ways() -> Any:
    paper = RecoveryKey.objects.filter(person=OuterRef("pk"), kind=RecoveryKey.Kind.PAPER)
    keys = Passkey.objects.filter(person=OuterRef("pk"))
    return Person.objects.annotate(by_key=Exists(keys), by_paper=Exists(paper))


@dataclass(frozen=True, slots=True)
class ShortCode:
    """The code that leads back until a way back is kept, as it is written down."""

    code: str
    until: dt.date


@sees
def short_code_of(*, viewer: Viewer) -> ShortCode | None:
    """The short code of the person looking, while it works; None without one."""
    person = _with_ways(viewer) if viewer.is_somebody else None
    loan = person.secrets.get("loan") if person else None
    if loan is None or dt.date.fromisoformat(loan["until"]) < clock.today():
        return None
    return ShortCode(codes.shown(loan["code"]), dt.date.fromisoformat(loan["until"]))


@sees
def age_band(*, viewer: Viewer) -> str | None:
    """What the person looking affirmed of their age: "adult", "young", or nothing yet."""
    band: str | None = own_account(viewer=viewer).secrets.get("age")
    return band


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser that is signed in, as its person sees it."""

    id: int
    name: str
    until: dt.date
    here: bool


@sees
def own_sessions(*, viewer: Viewer, cookie: str) -> list[Browser]:
    """Every browser in which the person looking is signed in, this one first. Raises Unseen."""
    person = own_account(viewer=viewer)
    here = sessions.digest(cookie)
    rows = Session.objects.filter(whose=whose(person))
    found = [
        Browser(s.id, s.sealed["device"], s.expires, s.token == here)
        for s in rows
        if sessions.is_living(s)
    ]
    return sorted(found, key=lambda b: (not b.here, b.name, b.until, b.id))


@sees
def own_names_tags(*, viewer: Viewer) -> frozenset[str]:
    """The tags of the words of one's own sign-in name, for comparing aliases. Raises Unseen."""
    return frozenset(own_account(viewer=viewer).secrets.get("words", []))


@sees
def own_calendar(*, viewer: Viewer) -> dict[str, Any] | None:
    """What the person looking chose for their calendar; None while its address is off."""
    rows = CalendarKey.objects.select_related("person").filter(person=account_of(viewer))
    key = rows.first()
    return dict(key.chosen) if key is not None else None


@sees
def reader_at(token: str, *, scope: int, viewer: Viewer) -> tuple[Viewer, dict[str, Any]]:
    """Whose calendar a secret address leads to, and what it says; `scope` is the organisation's.

    Who works here comes without roles: staff adds them. Raises Unseen, also for someone `still`.
    """
    found = CalendarKey.objects.select_related("person").filter(
        token_tag=calendar_tag(scope, token)
    )
    key = found.first()
    if key is None or key.person.secrets.get("still"):
        raise Unseen
    if key.person.kind == STAFF:
        staff = StaffPass(account=key.person_id)
        return Viewer(organisation=viewer.organisation, staff=staff), dict(key.chosen)
    holder = holder_for(key.person_id, scope=scope)
    return Viewer(organisation=viewer.organisation, holder=holder), dict(key.chosen)
