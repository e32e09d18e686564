"""Sign-ins of people who work here: a passphrase and a one-time code, no membership ever."""

from holdspace.kit import clock
from holdspace.ledger.acts import act
from holdspace.people import hashing, totp
from holdspace.people.actions.accounts import new_person
from holdspace.people.actions.ways import change_secrets, locked, take_name
from holdspace.people.log import note
from holdspace.people.models import STAFF


@act
def begin_staff_hashed(
    *, by: object, name: str, hashed: str, exact: bool = False
) -> tuple[int, str, str]:
    """A staff sign-in from a hashed passphrase; see `begin_staff_account`."""
    person = new_person(STAFF)
    given, secret = take_name(person, name, exact=exact), totp.new_secret()
    change_secrets(person, passphrase=hashed, totp=secret)
    note(person, "person.staff_sign_in_begun", actor=by)
    return int(person.id), secret, given


def begin_staff_account(
    *, by: object, name: str, passphrase: str, exact: bool = True
) -> tuple[int, str]:
    """A staff sign-in; returns its opaque account and the secret of its one-time codes.

    The passphrase is hashed first, outside the transaction, so this is not an act itself. With
    `exact` the name is given as it is, if it is free.
    """
    hashed = hashing.hash_of(passphrase)
    account, secret, _name = begin_staff_hashed(by=by, name=name, hashed=hashed, exact=exact)
    return account, secret


@act
def use_code(*, by: object, account: int, typed: str) -> bool:
    """Whether a one-time code is right now; it will not be right a second time."""
    person = locked(account)
    secret, last = person.secrets.get("totp"), person.secrets.get("totp_step", 0)
    step = totp.step_of(secret, typed, clock.now(), last) if secret else None
    if step is None:
        return False
    change_secrets(person, totp_step=step)
    return True


@act
def renew_code_secret(*, by: object, account: int) -> str:
    """A new secret for one-time codes, for a lost telephone; the old codes are no longer right."""
    person, secret = locked(account), totp.new_secret()
    change_secrets(person, totp=secret, totp_step=0)
    note(person, "person.code_secret_renewed", actor=by)
    return secret
