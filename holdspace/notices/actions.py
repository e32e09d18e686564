"""What can be done about mail: queue it, send it, see whether it arrives."""

import datetime as dt
import hmac
import secrets
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.ids import new_token, read_code
from holdspace.ledger.acts import act
from holdspace.ledger.events import do_later
from holdspace.notices import post, rules
from holdspace.notices.models import Delivery, MailTest
from holdspace.vault.scopes import is_open, living, open_scope, shred
from holdspace.vault.tags import tag

DAYS_TO_TRY = 3
TRIES = 5
CODE_LETTERS = "0123456789"


def _later(delivery: Delivery, due: Any) -> None:
    from holdspace.notices.tasks import deliver  # noqa: PLC0415 -- tasks call acts

    do_later(deliver, due=due, delivery=delivery.id)


@act
def send_mail(
    *,
    by: object,
    scope: int,
    to_address: str,
    subject: str,
    text: str,
    sender: str = "",
    urgent: bool = False,
    due: Any = None,
) -> bool:
    """Queue a mail, sealed by itself below `scope`; whether there is a mail server to send it.

    `sender` is the name in From and must be discreet, as must `subject`. It is sent at most once,
    or if `urgent` at least once with the same Message-ID. `due` is an aware moment, else now.
    """
    if not post.is_set_up():
        return False
    begins = due or clock.now()
    delivery = Delivery(
        scope=open_scope(scope),
        token=new_token(),
        urgent=urgent,
        goes_on=begins.date() + dt.timedelta(days=DAYS_TO_TRY),
    )
    delivery.sealed = {
        "to": to_address,
        "sender": sender or _("Messages"),
        "subject": " ".join(subject.split()),
        "text": text,
    }
    delivery.save(force_insert=True)
    _later(delivery, due)
    return True


@act
def claim_delivery(*, by: object, delivery: int) -> Delivery | None:
    """Take a mail in hand before it is sent; None when it went, or somebody else holds it."""
    rows = Delivery.objects.select_for_update()
    found: Delivery | None = rows.filter(id=delivery).first()
    if found is None or (found.claimed_on and not found.urgent) or not is_open(found.scope):
        return None
    found.claimed_on = clock.today()
    found.save(update_fields=["claimed_on"])
    return found


@act
def release_delivery(*, by: object, delivery: int) -> None:
    """Put a mail back that the server certainly did not take."""
    Delivery.objects.filter(id=delivery).update(claimed_on=None)


@act
def end_delivery(*, by: object, delivery: int) -> None:
    """Forget a mail: it was sent, or never will be."""
    _forget(Delivery.objects.filter(id=delivery))


@act
def forget_old_deliveries(*, by: object) -> int:
    """Forget mails that could not be sent for three days; how many there were."""
    return _forget(Delivery.objects.filter(goes_on__lt=clock.today()))


@act
def forget_sent_deliveries(*, by: object) -> int:
    """Forget mails whose keys are gone: they were sent before a backup brought them back."""
    return _forget(Delivery.objects.exclude(scope__in=living(_scopes(Delivery.objects.all()))))


def _forget(mails: QuerySet[Delivery]) -> int:
    """Delete mails, and their keys as the last thing; how many there were."""
    scopes = _scopes(mails)
    mails.delete()
    if scopes:
        shred(scopes)
    return len(scopes)


def _scopes(mails: QuerySet[Delivery]) -> list[int]:
    return list(mails.values_list("scope", flat=True))


@act
def test_mail(*, by: object, scope: int, to_address: str, sender: str = "") -> None:  # noqa: PT028 -- not a test
    """Send a mail with a code of six digits, to be entered by whoever got it.

    Raises Refused when mail is not set up.
    """
    demand(rules.can_send_mail())
    code = "".join(secrets.choice(CODE_LETTERS) for _digit in range(6))
    MailTest.objects.filter(scope=scope).delete()
    MailTest.objects.create(
        scope=scope,
        settings_tag=post.settings_tag(scope),
        code_tag=tag(scope, "mail-test", code),
        sent_on=clock.today(),
    )
    send_mail(
        by=by,
        scope=scope,
        to_address=to_address,
        sender=sender,
        subject=_("A test"),
        text=_("This is a test. The code is %(code)s. It needs no answer.") % {"code": code},
    )


@act
def enter_test_code(*, by: object, scope: int, typed: str) -> bool:
    """Whether the code of the test mail was entered; after five wrong ones a new mail is needed."""
    found = MailTest.objects.select_for_update().filter(scope=scope).first()
    if found is None or found.tries >= TRIES:
        return False
    right = hmac.compare_digest(bytes(found.code_tag), tag(scope, "mail-test", read_code(typed)))
    found.tries += 1
    found.arrived_on = clock.today() if right else found.arrived_on
    found.save(update_fields=["tries", "arrived_on"])
    return right
