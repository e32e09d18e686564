"""Coming in by name and passphrase: the same work, the same words, known or not."""

from dataclasses import dataclass

from django.conf import settings

from holdspace.kit.asks import Request
from holdspace.people import hashing
from holdspace.people.actions.tries import forget_tries, note_failure, note_try
from holdspace.people.actions.ways import keep_hashed
from holdspace.people.models import Person
from holdspace.people.names import name_tag, plain


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
    kept = person.secrets.get("passphrase") if person else None
    if not hashing.fits(passphrase, kept):
        note_failure(by=request.viewer, organisation_scope=sealed_under)
        return Entry()
    forget_tries(by=request.viewer, organisation_scope=sealed_under, tried=tried)
    _hash_anew_if_needed(request, person, passphrase)
    return Entry(person=person)


def confirms(request: Request, person: Person, passphrase: str) -> Entry:
    """The same for somebody signed in, before a way in is changed."""
    sealed_under, tried = request.organisation.scope, f"|own|{person.id}"
    wait = note_try(by=request.viewer, organisation_scope=sealed_under, tried=tried)
    if wait:
        return Entry(wait=wait)
    if not hashing.fits(passphrase, person.secrets.get("passphrase")):
        return Entry()
    forget_tries(by=request.viewer, organisation_scope=sealed_under, tried=tried)
    return Entry(person=person)


def _hash_anew_if_needed(request: Request, person: Person | None, passphrase: str) -> None:
    if person is None or settings.CHEAP_HASHING:
        return
    if hashing.hasher().check_needs_rehash(person.secrets["passphrase"]):
        keep_hashed(by=request.viewer, account=person.id, hashed=hashing.hash_of(passphrase))
