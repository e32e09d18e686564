"""Coming in by name and passphrase: the same work, the same words, known or not."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from holdspace.kit.asks import Request
from holdspace.people import hashing
from holdspace.people.actions.tries import forget_tries, note_failure, note_try
from holdspace.people.actions.ways import keep_hashed
from holdspace.people.models import Person
from holdspace.people.names import name_tag, plain
from holdspace.people.queries import own_account
from holdspace.vault.sealing import Unopenable


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of a try: a person, or seconds to wait, or neither."""

    person: Person | None = None
    wait: int = 0


def by_passphrase(request: Request, name: str, passphrase: str) -> Entry:
    """Try a sign-in name and a passphrase. Counts one hashing in every case but a wait."""
    sealed_under, tried = request.organisation.scope, plain(name)
    wait = note_try(by=request.viewer, organisation_scope=sealed_under, tried=tried)
    if wait:
        return Entry(wait=wait)
    person = Person.objects.filter(name_tag=name_tag(sealed_under, name)).first()
    if not hashing.fits(passphrase, _kept_hash(person)):
        note_failure(by=request.viewer, organisation_scope=sealed_under)
        return Entry()
    forget_tries(by=request.viewer, organisation_scope=sealed_under, tried=tried)
    _hash_anew_if_needed(request, person, passphrase)
    return Entry(person=person)


def _kept_hash(person: Person | None) -> str | None:
    """The hash of somebody's passphrase; None for nobody, and for a row without its key.

    Such a row comes back with an old backup after its account was erased.
    """
    try:
        return person.secrets.get("passphrase") if person else None
    except Unopenable:
        return None


def what_is_wrong(request: Request, passphrase: str) -> str:
    """What is wrong with the passphrase of who is signed in, as a sentence; empty when it fits."""
    person = own_account(viewer=request.viewer)
    sealed_under, tried = request.organisation.scope, f"|own|{person.id}"
    wait = note_try(by=request.viewer, organisation_scope=sealed_under, tried=tried)
    if wait:
        return please_wait(wait)
    if not hashing.fits(passphrase, person.secrets.get("passphrase")):
        return _("This is not your passphrase.")
    forget_tries(by=request.viewer, organisation_scope=sealed_under, tried=tried)
    return ""


def please_wait(seconds: int) -> str:
    """What somebody reads who has to wait before the next try."""
    if seconds <= 90:  # noqa: PLR2004
        return _("Please wait %(n)d seconds, then try again.") % {"n": seconds}
    return _("Please wait %(n)d minutes, then try again.") % {"n": -(-seconds // 60)}


def _hash_anew_if_needed(request: Request, person: Person | None, passphrase: str) -> None:
    if person is None or settings.CHEAP_HASHING:
        return
    if hashing.hasher().check_needs_rehash(person.secrets["passphrase"]):
        keep_hashed(by=request.viewer, account=person.id, hashed=hashing.hash_of(passphrase))
