"""What can be done about consents, and about leaving for good."""

from holdspace.consent.actions.agreeing import give_consent, withdraw_consent
from holdspace.consent.actions.erasing import (
    carry_on,
    clear_finished,
    end_erasing,
    erase_unused,
    forget_scopes,
    intend_erasure,
    intend_to_leave,
    take_step,
    take_up_again,
)

__all__ = [
    "carry_on",
    "clear_finished",
    "end_erasing",
    "erase_unused",
    "forget_scopes",
    "give_consent",
    "intend_erasure",
    "intend_to_leave",
    "take_step",
    "take_up_again",
    "withdraw_consent",
]
