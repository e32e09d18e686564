"""Sending what waits, later and in no transaction: the network may be slow."""

from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every, later
from holdspace.notices import actions, post


@later
def deliver(*, delivery: int) -> None:
    """Send one mail. Raises NotSent, so that it is tried again, when the server took nothing."""
    taken = actions.claim_delivery(by=SYSTEM, delivery=delivery)
    if taken is None:
        return
    words = taken.sealed
    mail = post.write(
        token=taken.token,
        to=words["to"],
        sender=words["sender"],
        subject=words["subject"],
        text=words["text"],
    )
    try:
        post.send(mail)
    except post.NeverSent:
        actions.end_delivery(by=SYSTEM, delivery=delivery)
    except post.NotSent:
        actions.release_delivery(by=SYSTEM, delivery=delivery)
        raise
    else:
        actions.end_delivery(by=SYSTEM, delivery=delivery)


@every("day 03:20")
def forget_old_deliveries() -> None:
    """Mails nobody could send for three days are forgotten."""
    actions.forget_old_deliveries(by=SYSTEM)


@after("ledger.restored")
def forget_sent_deliveries() -> None:
    """A backup was put back: what was sent since then is not sent again."""
    actions.forget_sent_deliveries(by=SYSTEM)
