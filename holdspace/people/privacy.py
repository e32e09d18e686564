"""What we hold on an account, how it is shown to its person, and how it ends."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit.holdings import of_a_person, say
from holdspace.ledger import chain
from holdspace.ledger.models import Line
from holdspace.people import barring
from holdspace.people.actions.signing import whose
from holdspace.people.log import chain_of
from holdspace.people.models import Barring, CalendarKey, Passkey, Person, RecoveryKey, Session


def export(account: int) -> dict[str, Any]:
    """Everything of an account as plain JSON; secrets are named, not shown."""
    person = Person.objects.select_related("organisation").get(id=account)
    kept = person.secrets
    passkeys = Passkey.objects.filter(person=person).select_related("person")
    papers = RecoveryKey.objects.filter(person=person)
    calendar = CalendarKey.objects.select_related("person").filter(person=person).first()
    return {
        "organisation": person.organisation.name,
        "sign_in_name": "kept as a fingerprint only" if person.name_tag else None,
        "passphrase": "kept as a hash only" if "passphrase" in kept else None,
        "e_mail": kept.get("address"),
        "messages_wanted": bool(kept.get("messages")),
        "age_affirmed": {"as": kept.get("age"), "on": kept.get("age_said")},
        "passkeys": [p.sealed["name"] or "without a name" for p in passkeys],
        "codes_on_paper": [{"kind": k.kind, "until": str(k.until or "")} for k in papers],
        "calendar": calendar_said(calendar.chosen) if calendar else None,
        "signed_in": [
            {"device": s.sealed["device"], "ends": s.expires.isoformat()}
            for s in Session.objects.filter(whose=whose(person))
        ],
        "what_happened": _lines(person),
    }


def calendar_said(chosen: dict[str, Any]) -> dict[str, Any]:
    """What a calendar was chosen to say, under names of its own."""
    return {f"calendar_{name}": value for name, value in chosen.items()}


def _lines(person: Person) -> list[dict[str, Any]]:
    number = chain_of(person.organisation.scope, person.id)
    return [
        {"on": line.day.isoformat(), "at": line.sealed["at"], "what": line.kind}
        for line in Line.objects.filter(chain=number).order_by("number")
    ]


def erase(account: int) -> list[int]:
    """End an account: sessions first, so that nothing signs in from here on. Safe to repeat."""
    person = Person.objects.select_related("organisation").filter(id=account).first()
    if person is None:
        return []
    sealed_under = person.organisation.scope
    Session.objects.filter(whose=whose(person)).delete()
    Barring.objects.filter(tag=barring.tag_of(sealed_under, account)).delete()
    chain.end(chain_of(sealed_under, account))
    person.delete()
    return [person.scope]


of_a_person("people", export=export, erase=erase)
say(
    {
        "people": _("Your account"),
        "organisation": _("Organisation"),
        "sign_in_name": _("Sign-in name"),
        "passphrase": _("Passphrase"),
        "e_mail": _("E-mail address"),
        "messages_wanted": _("Messages wanted"),
        "age_affirmed": _("Age, as you said it"),
        "as": _("Said"),
        "on": _("On"),
        "at": _("At"),
        "passkeys": _("Passkeys"),
        "codes_on_paper": _("Codes to get back in"),
        "kind": _("Kind"),
        "until": _("Until"),
        "kind=loan": _("lent until you keep a way back"),
        "kind=paper": _("on paper"),
        "calendar": _("The address of your calendar is on, and says"),
        "calendar_spans": _("Which meetings"),
        "calendar_spans=groups": _("of all your groups"),
        "calendar_spans=seats": _("those where you have a seat"),
        "calendar_called": _("Called"),
        "calendar_called=plain": _("appointments"),
        "calendar_called=own": _("by your own words"),
        "calendar_called=name": _("by the group's name"),
        "calendar_own": _("Your own words"),
        "calendar_place": _("Says where"),
        "calendar_link": _("Says how to join"),
        "calendar_language": _("Language"),
        "signed_in": _("Where you are signed in"),
        "device": _("Device"),
        "ends": _("Ends"),
        "what_happened": _("What happened with your account"),
        "what": _("What"),
        "what=person.place_reissued": _("A place was given to a new sign-in"),
        "what=person.welcomed_back": _("You were welcomed back"),
        "what=person.recovery_key_made": _("A code on paper was made"),
        "what=person.address_kept": _("An e-mail address was kept"),
        "what=person.staff_sign_in_begun": _("A sign-in for work was begun"),
        "what=person.passkey_added": _("A passkey was added"),
        "what=person.passkey_removed": _("A passkey was removed"),
        "what=person.notices_stopped": _("All messages were stopped"),
        "what=person.code_secret_renewed": _("The codes of your device were renewed"),
        "what=person.passphrase_changed": _("The passphrase was changed"),
        "what=person.calendar_begun": _("An address of your calendar was made"),
        "what=person.calendar_ended": _("The address of your calendar was ended"),
        "what=person.barred": _("You were kept out of the organisation"),
        "what=person.unbarred": _("You were let in again"),
    }
)
