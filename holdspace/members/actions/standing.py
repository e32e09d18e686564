"""Resting, coming back, leaving, being asked to stay away, and having a role."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import Refused, demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.members import places, rules
from holdspace.members.fresh import afresh
from holdspace.members.models import Member

STAY, TAKEN_BACK = "stay", "taken-back"  # what becomes of one's words on leaving


def _move(
    member: Member, standing: Member.Standing, event: str, actor: object, **facts: Any
) -> None:
    member.standing, member.since = standing.value, clock.today()
    member.save(update_fields=["standing", "since", "farewell", "role"])
    record(member.group.scope, event, actor=actor, subject=member, **facts)
    announce(event, group=member.group_id, member=member.id, **facts)


@act
def rest(*, by: Member) -> Member:
    """Take a rest: the place stays, nothing is asked or sent meanwhile."""
    member = afresh(by)
    demand(rules.may_rest(member))
    _move(member, Member.Standing.RESTING, "members.rested", member)
    return member


@act
def end_rest(*, by: Member) -> Member:
    """Come back from a rest. Nobody asks where one was."""
    member = afresh(by)
    demand(rules.may_return(member))
    _move(member, Member.Standing.JOINED, "members.returned", member)
    return member


@act
def leave_group(*, by: Member, words: str = STAY) -> Member:
    """Leave: access ends with this act, the place goes to whoever is next in turn.

    `words` says what becomes of what one wrote here: STAY or TAKEN_BACK; whoever keeps words
    listens. Raises ValueError for anything else.
    """
    if words not in {STAY, TAKEN_BACK}:
        raise ValueError(words)
    ring = places.lock(by.group)
    member = afresh(by)
    demand(rules.may_leave(member))
    member.role = Member.Role.MEMBER.value
    _move(member, Member.Standing.LEFT, "members.left", member, words=words)
    places.free(ring, by.group)
    return member


@act
def end_taking_part(*, by: object, member: Member) -> None:
    """They took back the yes to what is kept: they leave, and what they said of themselves goes.

    Name and picture stay as with any leaving, so that they can come back. Twice is once.
    """
    found = Member.objects.select_related("group").filter(id=member.id).first()
    if found is None:
        return
    if found.is_current:
        found = leave_group(by=found)
    found.about = {}
    found.save(update_fields=["about"])


@act
def take_words_back(*, by: Viewer, member: Member) -> Member:
    """Who left, or was asked to stay away, takes back what they wrote; twice is once.

    Whoever keeps words listens.
    """
    member = afresh(member)
    demand(rules.may_take_words_back(by, member))
    record(member.group.scope, "members.words_taken_back", actor=member, subject=member)
    announce("members.words_taken_back", group=member.group_id, member=member.id)
    return member


@act
def remove_member(*, by: Viewer, member: Member, reason: str, words: str, write_to: str) -> Member:
    """Ask a member to stay away, for a reason and in kind words; say whom to write to about it.

    Raises Refused without all three, or by somebody who may not.
    """
    ring = places.lock(member.group)
    member = afresh(member)
    demand(rules.may_remove(by, member.group, member))
    if not (reason.strip() and words.strip() and write_to.strip()):
        raise Refused(_("Give the reason, words to the person, and whom they can write to."))
    member.farewell = {"reason": reason, "words": words, "write_to": write_to}
    member.role = Member.Role.MEMBER.value
    _move(member, Member.Standing.REMOVED, "members.removed", by)
    places.free(ring, member.group)
    return member


@act
def note_farewell_read(*, by: Viewer, member: Member) -> Member:
    """Whoever was asked to stay away has read why; it waits for them no longer."""
    member = afresh(member)
    demand(rules.may_read_farewell(by, member))
    member.farewell = {**(member.farewell or {}), "read": True}
    member.save(update_fields=["farewell"])
    return member


@act
def appoint(*, by: Viewer, member: Member, role: str) -> Member:
    """Give a member a role, or take it back with "member". Raises ValueError for no such role."""
    member = afresh(member)
    demand(rules.may_appoint(by, member.group, member))
    member.role = Member.Role(role).value
    member.save(update_fields=["role"])
    record(member.group.scope, "members.appointed", actor=by, subject=member, role=role)
    announce("members.appointed", group=member.group_id, member=member.id)
    return member
