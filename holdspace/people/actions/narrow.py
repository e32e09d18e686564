"""The narrow acts (house.md, "The people wall"): nothing comes back from them but yes or no."""

import datetime as dt

from holdspace.kit import clock
from holdspace.ledger.acts import act
from holdspace.notices.actions import send_mail
from holdspace.people import barring
from holdspace.people.actions.signing import whose
from holdspace.people.actions.ways import change_secrets, locked
from holdspace.people.log import note
from holdspace.people.models import Allowance, Barring, Session
from holdspace.vault.tags import tag

BARRED_AT_MOST = dt.timedelta(days=5 * 365)  # then somebody decides anew


@act
def tell(*, by: object, account: int, subject: str, text: str) -> bool:
    """Mail a person who gave an address, wants messages and is not `still`; else nothing.

    `subject` must be discreet. Returns whether a mail was queued. Raises Person.DoesNotExist.
    """
    person = locked(account)
    kept = person.secrets
    if not kept.get("address") or not kept.get("messages") or kept.get("still"):
        return False
    return send_mail(
        by=by,
        scope=person.organisation.scope,
        to_address=kept["address"],
        subject=subject,
        text=text,
    )


@act
def want_messages(*, by: object, account: int, wanted: bool) -> None:
    """Whether a person wants mail at the address they gave."""
    change_secrets(locked(account), messages=wanted or None)


@act
def still(*, by: object, account: int, on: bool = True) -> None:
    """All notices stop (a death, a rest), or go on again."""
    person = locked(account)
    change_secrets(person, still=on or None)
    note(person, "person.notices_stopped" if on else "person.notices_go_on", actor=by)


@act
def spend(*, by: object, account: int, purpose: str, limit: int) -> bool:
    """Use one of `limit` this week, under whatever alias; False when they are used up.

    Counted under a keyed tag of person, purpose and week: no row names the person.
    """
    person = locked(account)
    today = clock.today()
    week = today - dt.timedelta(days=today.weekday())
    used = tag(person.organisation.scope, "allowance", f"{account}|{purpose}|{week}")
    row, _new = Allowance.objects.select_for_update().get_or_create(
        tag=used, defaults={"organisation_id": person.organisation_id, "week": week}
    )
    if row.used >= limit:
        return False
    row.used += 1
    row.save(update_fields=["used"])
    return True


@act
def bar(*, by: object, account: int, until: dt.date | None = None) -> None:
    """Keep somebody out of the whole organisation until a day: a tag beside no Member.

    Without a day, or beyond it, for five years at most; whoever decides may do so again then.
    They can still sign in, read why, download what is held and erase the account.
    """
    person = locked(account)
    tagged = barring.tag_of(person.organisation.scope, account)
    last = clock.today() + BARRED_AT_MOST
    until = min(until or last, last)
    Barring.objects.update_or_create(
        tag=tagged, defaults={"organisation_id": person.organisation_id, "until": until}
    )
    note(person, "person.barred", actor=by, until=until.isoformat())


@act
def unbar(*, by: object, account: int) -> None:
    """Let somebody take part again; twice changes nothing."""
    person = locked(account)
    Barring.objects.filter(tag=barring.tag_of(person.organisation.scope, account)).delete()
    note(person, "person.unbarred", actor=by)


@act
def reissue(*, by: object, old: int, new: int, subject: str, text: str) -> bool:
    """Welcome back, a person's half: a place of the account `old` was given to the account `new`.

    Both chains say so, the old sign-in is told if it can be reached, and its sessions end.
    Returns whether a mail was queued. The group's half (two people, the new holder tag) is the
    caller's, in a transaction of its own. Raises Person.DoesNotExist for an erased account.
    """
    before, after = locked(old), locked(new)
    note(before, "person.place_reissued", actor=by)
    note(after, "person.welcomed_back", actor=by)
    Session.objects.filter(whose=whose(before)).delete()
    return tell(by=by, account=old, subject=subject, text=text)
