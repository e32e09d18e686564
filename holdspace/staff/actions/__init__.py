"""What can be done about those who work here."""

from holdspace.staff.actions.accounts import (
    end_account,
    end_role,
    forget_colleague,
    forget_former,
    give_role,
    set_roles,
    take_on,
)
from holdspace.staff.actions.ways_in import (
    begin_by_invitation,
    begin_house,
    finish_invitation,
    forget_old_links,
    invite_staff,
    offer_new_code,
    renew_code,
    withdraw_invitation,
)

__all__ = [
    "begin_by_invitation",
    "begin_house",
    "end_account",
    "end_role",
    "finish_invitation",
    "forget_colleague",
    "forget_former",
    "forget_old_links",
    "give_role",
    "invite_staff",
    "offer_new_code",
    "renew_code",
    "set_roles",
    "take_on",
    "withdraw_invitation",
]
