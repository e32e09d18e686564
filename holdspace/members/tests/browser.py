"""A browser for tests: follows the dialog as somebody without scripts would."""

from django.conf import settings
from django.test import Client

from holdspace.people.actions import begin_session
from holdspace.people.sessions import cookie_name


def nobody(organisation) -> Client:
    """A fresh browser at this organisation's address."""
    return Client(headers={"host": f"{organisation.slug}.localhost"})


def signed_in(organisation, viewer) -> Client:
    """A browser of somebody with an account, member or staff."""
    account = viewer.holder.account if viewer.holder else viewer.staff.account
    cookie, _session = begin_session(by=viewer, account=account, stay=True)
    client = nobody(organisation)
    client.cookies[cookie_name()] = cookie
    return client


assert settings.TESTING
