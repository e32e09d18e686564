"""What can be done about accounts: the door for consent, staff, members, web and demo."""

from holdspace.people.actions.account_facts import (
    affirm_age,
    end_one_session,
    keep_address,
    name_session,
    note_in_own_chain,
)
from holdspace.people.actions.accounts import begin_account
from holdspace.people.actions.calendars import (
    begin_calendar,
    choose_for_calendar,
    end_calendar,
)
from holdspace.people.actions.narrow import (
    bar,
    reissue,
    spend,
    still,
    tell,
    unbar,
    want_messages,
)
from holdspace.people.actions.signing import (
    begin_session,
    end_session,
    end_sessions,
    sign_in_session,
    sign_out,
)
from holdspace.people.actions.staff import (
    begin_staff_account,
    begin_staff_hashed,
    renew_code_secret,
    use_code,
)
from holdspace.people.actions.tries import note_try
from holdspace.people.actions.ways import (
    end_loan,
    give_recovery_key,
    keep_hashed,
    keep_passphrase,
    lend_code,
    redeem_code,
)
from holdspace.people.entering import please_wait, what_is_wrong
from holdspace.people.hashing import hash_of
from holdspace.people.totp import link as code_link
from holdspace.people.turns import ACCOUNTS, Pace, slowed, wait_for_turn

__all__ = [
    "ACCOUNTS",
    "Pace",
    "affirm_age",
    "bar",
    "begin_account",
    "begin_calendar",
    "begin_session",
    "begin_staff_account",
    "begin_staff_hashed",
    "choose_for_calendar",
    "code_link",
    "end_calendar",
    "end_loan",
    "end_one_session",
    "end_session",
    "end_sessions",
    "give_recovery_key",
    "hash_of",
    "keep_address",
    "keep_hashed",
    "keep_passphrase",
    "lend_code",
    "name_session",
    "note_in_own_chain",
    "note_try",
    "please_wait",
    "redeem_code",
    "reissue",
    "renew_code_secret",
    "sign_in_session",
    "sign_out",
    "slowed",
    "spend",
    "still",
    "tell",
    "unbar",
    "use_code",
    "wait_for_turn",
    "want_messages",
    "what_is_wrong",
]
