"""What can be done about places in a group: the only writer of this package's rows."""

from holdspace.members.actions.applying import (
    apply,
    approve_application,
    decline_application,
    forget_applications,
    withdraw_application,
)
from holdspace.members.actions.erasing import (
    clear_ways,
    erase_member,
    erase_ways,
    forget_those_who_left,
)
from holdspace.members.actions.inviting import forget_invitations, invite, withdraw_invitation
from holdspace.members.actions.joining import (
    accept_agreement,
    change_about,
    change_alias,
    join_group,
)
from holdspace.members.actions.recognising import (
    forget_recognitions,
    settle_recognition,
    tell_someone_is_here,
)
from holdspace.members.actions.standing import (
    appoint,
    end_rest,
    leave_group,
    note_farewell_read,
    remove_member,
    rest,
)
from holdspace.members.actions.visiting import (
    answer_visit,
    ask_to_visit,
    change_wishes,
    confirm_visit,
    decline_visit,
    end_visit,
    forget_visits,
)
from holdspace.members.actions.waiting import (
    erase_turn,
    forget_turns,
    leave_waiting,
    let_lapse,
    offer_free_places,
    pass_on_offer,
    recount,
    wait,
)
from holdspace.members.actions.welcoming import (
    ask_back,
    forget_returns,
    turn_down_return,
    vouch,
    welcome_back,
)

__all__ = [
    "accept_agreement",
    "answer_visit",
    "apply",
    "appoint",
    "approve_application",
    "ask_back",
    "ask_to_visit",
    "change_about",
    "change_alias",
    "change_wishes",
    "clear_ways",
    "confirm_visit",
    "decline_application",
    "decline_visit",
    "end_rest",
    "end_visit",
    "erase_member",
    "erase_turn",
    "erase_ways",
    "forget_applications",
    "forget_invitations",
    "forget_recognitions",
    "forget_returns",
    "forget_those_who_left",
    "forget_turns",
    "forget_visits",
    "invite",
    "join_group",
    "leave_group",
    "leave_waiting",
    "let_lapse",
    "note_farewell_read",
    "offer_free_places",
    "pass_on_offer",
    "recount",
    "remove_member",
    "rest",
    "settle_recognition",
    "tell_someone_is_here",
    "turn_down_return",
    "vouch",
    "wait",
    "welcome_back",
    "withdraw_application",
    "withdraw_invitation",
]
