"""What can be done about accounts: the door for consent, staff, members, web and demo."""

from holdspace.people.actions.accounts import begin_account
from holdspace.people.actions.signing import (
    begin_session,
    end_session,
    end_sessions,
    sign_in_session,
    sign_out,
)

__all__ = [
    "begin_account",
    "begin_session",
    "end_session",
    "end_sessions",
    "sign_in_session",
    "sign_out",
]
