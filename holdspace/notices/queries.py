"""What can be known about mail."""

from dataclasses import dataclass

from holdspace.notices.actions import TRIES
from holdspace.notices.models import MailTest
from holdspace.notices.post import settings_tag


@dataclass(frozen=True, slots=True)
class MailState:
    """Where the test of mail stands: `waits` for its code, `arrived` with today's settings."""

    waits: bool
    arrived: bool


def mail_state(scope: int) -> MailState:
    """How the test of mail of this scope stands; opaque, and asked by gates without a viewer."""
    found = MailTest.objects.filter(scope=scope).first()
    if found is None:
        return MailState(waits=False, arrived=False)
    same = bytes(found.settings_tag) == settings_tag(scope)
    arrived = found.arrived_on is not None and same
    return MailState(waits=same and not arrived and found.tries < TRIES, arrived=arrived)
