"""Ways back in: a passphrase with a sign-in name, and codes on paper."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import connection

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.ledger.acts import act
from holdspace.people import codes, hashing, names
from holdspace.people.log import note
from holdspace.people.models import Person, RecoveryKey
from holdspace.people.rules import may_borrow_code
from holdspace.vault.tags import tag

LOAN_DAYS = 60
TRIES_FOR_A_NAME = 30


def locked(account: int) -> Person:
    """The person of an account, locked for the act. Raises Person.DoesNotExist.

    Not by a lock on the row: PostgreSQL notes the locker's transaction on it (xmax), which stands
    right beside that of the place taken a moment later. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [account])
    found: Person = Person.objects.select_related("organisation").get(id=account)
    return found


def change_secrets(person: Person, **changes: Any) -> None:
    """Write sealed facts of a person; None takes one out."""
    kept = {**person.secrets, **changes}
    person.secrets = {key: value for key, value in kept.items() if value is not None}
    person.save(update_fields=["secrets", "name_tag"])


def take_name(person: Person, wished: str, *, exact: bool = False) -> str:
    """Give a person a sign-in name that is free, adding words of ours to the wished one.

    A word is always added to a name somebody thought of (not to one we offered), so that the
    answer never shows whether the name was taken. `exact` tries the bare name first (offers,
    the demonstration).
    """
    sealed_under = person.organisation.scope
    name = wished if exact else names.with_a_word(wished)
    for _try in range(TRIES_FOR_A_NAME):
        found = names.name_tag(sealed_under, name)
        if not Person.objects.filter(name_tag=found).exclude(id=person.id).exists():
            break
        name = names.with_a_word(wished if _try < TRIES_FOR_A_NAME // 2 else name)
    person.name_tag = found
    own = [] if exact else names.words_of(wished)
    own = [word for word in own if len(word) >= names.SHORTEST_WORD] + ["".join(own)] * bool(own)
    change_secrets(person, words=names.word_tags(sealed_under, own))
    return name


@act
def keep_hashed(
    *, by: object, account: int, hashed: str, name: str = "", exact: bool = False
) -> str:
    """Keep the hash of a passphrase, and a sign-in name if one is wished or still missing.

    Returns the sign-in name, which is shown once and kept blind; empty when it stays as it is.
    """
    person = locked(account)
    given = ""
    if name or person.name_tag is None:
        given = take_name(person, name or names.offered(), exact=exact or not name)
    changed = "passphrase" in person.secrets
    change_secrets(person, passphrase=hashed)
    note(person, "person.passphrase_changed" if changed else "person.passphrase_set")
    return given


def keep_passphrase(
    *, by: object, account: int, passphrase: str, name: str = "", exact: bool = False
) -> str:
    """Hash first, then `keep_hashed` (this is not an act: hashing has no place in a transaction).

    Returns the sign-in name given, or an empty string when the account keeps the one it has.
    """
    hashed = hashing.hash_of(passphrase)
    return keep_hashed(by=by, account=account, hashed=hashed, name=name, exact=exact)


def code_tag(organisation_scope: int, code: str) -> bytes:
    """The keyed tag by which a code on paper is found."""
    return tag(organisation_scope, "recovery", code)


def _give(person: Person, kind: str, length: int, until: dt.date | None) -> str:
    code = codes.make(length)
    RecoveryKey.objects.filter(person=person, kind=kind).delete()
    RecoveryKey(
        organisation_id=person.organisation_id,
        person=person,
        kind=kind,
        code_tag=code_tag(person.organisation.scope, code),
        until=until,
    ).save(force_insert=True)
    return code


@act
def give_recovery_key(*, by: object, account: int) -> str:
    """A new recovery key, shown once; the one before stops working."""
    person = locked(account)
    code = _give(person, RecoveryKey.Kind.PAPER, codes.PAPER, None)
    _end_loan(person)
    note(person, "person.recovery_key_made")
    return code


@act
def lend_code(*, by: object, account: int) -> str:
    """The short code that leads back until a way back is kept, or for at least 60 days.

    Given with a first session, and once more when it has ended and there is still no way back.
    The one before stops working. Raises Refused for who keeps a way back: they need none.
    """
    person = locked(account)
    demand(may_borrow_code(person))
    until = end_of_loan(clock.today())
    code = _give(person, RecoveryKey.Kind.LOAN, codes.LOAN, until)
    change_secrets(person, loan={"code": code, "until": until.isoformat()})
    return code


def end_of_loan(day: dt.date) -> dt.date:
    """The first of a month at least 60 days away.

    The day stands open beside the person: to the day, it would tell when somebody signed up, and
    so which membership of that day is theirs (the linker test found that).
    """
    least = day + dt.timedelta(days=LOAN_DAYS)
    return (least - dt.timedelta(days=1)).replace(day=1) + relativedelta(months=1)


@act
def end_loan(*, by: object, account: int) -> None:
    """Once another way back is kept, the short code stops working."""
    _end_loan(locked(account))


def _end_loan(person: Person) -> None:
    RecoveryKey.objects.filter(person=person, kind=RecoveryKey.Kind.LOAN).delete()
    if "loan" in person.secrets:
        change_secrets(person, loan=None)


@act
def redeem_code(*, by: object, organisation_scope: int, code: str) -> tuple[int, str] | None:
    """The account and kind of a code that is good today, or None. A loan stays good."""
    found = RecoveryKey.objects.select_related("person__organisation").filter(
        code_tag=code_tag(organisation_scope, code)
    )
    key = found.first()
    if key is None or (key.until is not None and key.until < clock.today()):
        return None
    note(key.person, f"person.came_back_by_{key.kind}")
    return key.person_id, key.kind
