"""From a membership to its person, narrowly: a discreet word, an allowance, nothing back.

Each call is a transaction of its own, never that of a Member (house.md, "Members").
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from holdspace.kit.asks import Request
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.members.models import Member
from holdspace.people.actions import note_try, reissue, spend, tell

ASKED_A_WEEK = 10


def tell_discreetly(person: dict[str, Any] | None) -> bool:
    """Mail whoever `person` seals that there is something to look at; no group, no reason."""
    if not person or "account" not in person:
        return False
    try:
        return tell(
            by=SYSTEM,
            account=person["account"],
            subject=_("Something for you to look at"),
            text=_("Sign in when it suits you. Something is kept for you there for three days."),
        )
    except ObjectDoesNotExist:
        return False


def tell_old_sign_in(member: Member, old: int | None) -> None:
    """A place went to a new sign-in: the old one is told and its sessions end."""
    new = member.person.get("account")
    if old is None or new is None:
        return
    try:
        reissue(
            by=SYSTEM,
            old=old,
            new=new,
            subject=_("Something changed in your account"),
            text=_(
                "One of your places was given to a new sign-in, after two people confirmed it. "
                "If this was not you, write to us."
            ),
        )
    except ObjectDoesNotExist:
        return


def may_ask_this_week(viewer: Viewer) -> bool:
    """Use one of this week's applications, whatever the alias; False when they are used up."""
    if viewer.holder is None:
        return True
    account = viewer.holder.account
    return spend(by=viewer, account=account, purpose="apply", limit=ASKED_A_WEEK)


def wait_before_next_name(request: Request) -> int:
    """Count a name of one's own that an account tries; seconds to wait, or 0.

    The answer tells whether somebody of that name is in the group. What was typed stays.
    """
    holder = request.viewer.holder
    if holder is None:
        return 0
    tried = f"|alias|{holder.account}"
    return note_try(by=request.viewer, organisation_scope=request.organisation.scope, tried=tried)
