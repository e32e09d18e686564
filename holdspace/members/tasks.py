"""What goes by itself: offers lapse, visits and answers are forgotten, free places are offered."""

import datetime as dt
from typing import Any

from holdspace.consent.actions import carry_on
from holdspace.kit import clock, scope
from holdspace.kit.scope import everywhere
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every
from holdspace.members import actions
from holdspace.members.models import Application, Member, Ring, Waiting
from holdspace.members.telling import tell_discreetly
from holdspace.members.unused import is_used, viewer_of
from holdspace.organisations.queries import every_organisation
from holdspace.people.queries import accounts_in_passing
from holdspace.vault.scopes import without_key

LEFT_FOR = dt.timedelta(hours=20)  # looked for every two hours: always gone within 24


@every("10m")
def lapse_offers() -> None:
    """Offers whose time is over pass to the next in turn, each in an act of its own."""
    with everywhere("offers lapse by the clock"):
        due = Waiting.objects.filter(until__lte=clock.now()).select_related("group")
        for waiting in due.order_by("group_id", "number"):
            actions.let_lapse(by=SYSTEM, waiting=waiting)


@every("1h")
def forget_visits() -> None:
    """Visits go within 24 hours after their evening; those nobody answered hold no seat."""
    with everywhere("retention of visits"):
        actions.lapse_visits(by=SYSTEM)
        actions.forget_visits(by=SYSTEM)


@every("2h")
def clear_unused_accounts() -> None:
    """Accounts of dialogs that were left go within 24 hours; each in acts of its own."""
    for organisation in every_organisation():
        with scope.entered(organisation.id):
            for account in accounts_in_passing(begun_before=clock.now() - LEFT_FOR):
                if not is_used(viewer_of(account)):
                    erasing = actions.clear_unused(by=SYSTEM, account=account)
                    if erasing is not None:
                        carry_on(erasing)


@every("day 03:40")
def forget_old() -> None:
    """Answers, invitations, old turns, words that were seen to, requests, and those who left."""
    with everywhere("retention of what is past its day"):
        actions.forget_applications(by=SYSTEM)
        actions.forget_invitations(by=SYSTEM)
        actions.forget_turns(by=SYSTEM)
        actions.forget_recognitions(by=SYSTEM)
        actions.forget_returns(by=SYSTEM)
        actions.forget_those_who_left(by=SYSTEM)


@every("day 02:35")
def forget_erased() -> None:
    """Delete what a restored backup brought back of what was erased since.

    Turns first, so that no place that comes free is offered to somebody who is gone.
    """
    with everywhere("rows whose keys are gone"):
        actions.clear_ways(by=SYSTEM)
        turns = Waiting.objects.filter(standing__in=Waiting.LIVE).select_related("group")
        for turn in _keyless(turns).order_by("group_id", "-number"):
            actions.erase_turn(by=SYSTEM, waiting=turn)
        for member in _keyless(Member.objects.select_related("group")):
            actions.erase_member(by=SYSTEM, member=member)


def _keyless(rows: Any) -> Any:
    return rows.filter(scope__in=without_key(rows.values_list("scope", flat=True)))


@after("ledger.restored")
def forget_erased_at_once() -> None:
    """A backup was put back: no page may stumble over a name without its key."""
    forget_erased()
    with everywhere("a backup was put back"):
        for ring in Ring.objects.select_related("group").order_by("group_id"):
            actions.recount(by=SYSTEM, group=ring.group)


@after("members.place_offered")
def tell_of_offer(*, group: int, waiting: int) -> None:
    """A place is kept: say so discreetly to whoever wants messages."""
    with everywhere("a place was offered"):
        turn = Waiting.objects.filter(id=waiting).first()
        tell_discreetly(turn.person if turn else None)


@after("members.application_declined")
def tell_of_answer(*, group: int, application: int) -> None:
    """The facilitators answered: say so discreetly to whoever wants messages."""
    with everywhere("an application was answered"):
        asked = Application.objects.filter(id=application).first()
        tell_discreetly(asked.person if asked else None)


@after("groups.changed")
def offer_free_places(*, group: int, organisation: int) -> None:
    """A higher ceiling makes places free for those who wait."""
    with everywhere("a group changed"):
        ring = Ring.objects.select_related("group").filter(group_id=group).first()
        if ring is not None:
            actions.offer_free_places(by=SYSTEM, group=ring.group)
