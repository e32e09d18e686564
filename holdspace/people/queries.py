"""What can be seen of accounts: one's own, by oneself."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.people import sessions
from holdspace.people.actions.signing import whose
from holdspace.people.holder import AccountHolder
from holdspace.people.models import Passkey, Person, RecoveryKey, Session


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
    paper = RecoveryKey.objects.filter(person=OuterRef("pk"), kind=RecoveryKey.Kind.PAPER)
    keys = Passkey.objects.filter(person=OuterRef("pk"))
    rows = Person.objects.annotate(by_key=Exists(keys), by_paper=Exists(paper))
    person = rows.filter(id=account_of(viewer)).first()
    return person is not None and (
        person.by_key or person.by_paper or "passphrase" in person.secrets
    )


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
