"""Visiting: asking to come once, being expected, answering afterwards, and being forgotten."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from holdspace.consent.rules import is_for_a_visit
from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.ids import new_token
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.members import places, rules
from holdspace.members.fresh import afresh
from holdspace.members.models import Visit
from holdspace.members.naming import skeleton, tidy
from holdspace.members.tokens import digest
from holdspace.vault.scopes import open_scope, shred
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group

ANSWERED_WITHIN = dt.timedelta(days=7)  # or by the evening, whichever is sooner
NO_DATE_YET = dt.timedelta(days=14)
FORGOTTEN_AFTER = dt.timedelta(hours=20)  # looked for hourly: always within 24 hours


@act
def ask_to_visit(
    *,
    by: Viewer,
    group: "Group",
    alias: str,
    seed: int,
    greeted: bool,
    listens: bool,
    agreement: int,
    agreed: int,
    meeting: int | None = None,
    ends: dt.datetime | None = None,
    evening: str = "",
    sure: bool = False,
) -> tuple[Visit, str]:
    """Ask to come once under a name for the evening; returns the visit and its private token.

    The token is kept nowhere. Where people may simply join they may simply come; elsewhere a
    facilitator says yes first. `agreement` is the number of what the group agreed, `agreed` the
    version of what is kept: both were read and said yes to. `ends` is when the evening is over, or
    in two weeks. Raises Refused.
    """
    places.lock(group)
    demand(rules.may_visit(by, group) and rules.may_come_on(group, meeting))
    demand(rules.is_agreement_now(by, group, agreement) & is_for_a_visit(by, agreed))
    fit = rules.may_use_alias(by, group, alias, sure=sure)
    demand(fit and rules.is_evening_name_free(group, alias))
    token = new_token()
    visit = _new_visit(group, token, alias, seed)
    visit.meeting, visit.ends = meeting, ends or clock.now() + NO_DATE_YET
    visit.wishes = {"greeted": greeted, "listens": listens, "evening": evening}
    day = clock.today().isoformat()
    visit.agreed = {"agreement": agreement, "version": agreed, "on": day}
    _begin_waiting(visit)
    visit.save(force_insert=True)
    announce("members.visit_asked", group=group.id, visit=visit.id)
    return visit, token


def _begin_waiting(visit: Visit) -> None:
    """Expected at once where people may simply come; elsewhere asked, until a day."""
    if visit.group.way_in == "open":
        visit.standing, visit.answer_by = Visit.Standing.EXPECTED.value, None
    else:
        visit.standing = Visit.Standing.ASKED.value
        visit.answer_by = min(visit.ends, clock.now() + ANSWERED_WITHIN)


@act
def move_visit(*, by: Viewer, visit: Visit, meeting: int, ends: dt.datetime, evening: str) -> Visit:
    """Another evening for the same visit. Who was expected stays so; others are asked for anew.

    Raises Refused when it is not theirs, was declined, or the visitors' seats there are taken.
    """
    places.lock(visit.group)
    visit = afresh(visit)
    demand(rules.may_move_visit(by, visit))
    demand(rules.may_come_on(visit.group, meeting, own=visit.id))
    visit.meeting, visit.ends = meeting, ends
    visit.wishes = {**visit.wishes, "evening": evening}
    if visit.standing != Visit.Standing.EXPECTED:
        _begin_waiting(visit)
    visit.save(update_fields=["meeting", "ends", "wishes", "standing", "answer_by"])
    announce("members.visit_asked", group=visit.group_id, visit=visit.id)
    return visit


@act
def follow_meeting(*, by: object, meeting: int, ends: dt.datetime, evening: str) -> int:
    """The calendar's: an evening was moved, and the visits to it with it; returns how many."""
    rows = list(Visit.objects.select_for_update().filter(meeting=meeting).order_by("id"))
    for visit in rows:
        visit.ends, visit.wishes = ends, {**visit.wishes, "evening": evening}
        visit.save(update_fields=["ends", "wishes"])
    return len(rows)


def _new_visit(group: "Group", token: str, alias: str, seed: int) -> Visit:
    visit = Visit(
        organisation_id=group.organisation_id,
        group=group,
        scope=open_scope(group.scope),
        digest=digest(token),
        alias_tag=tag(group.scope, "alias", skeleton(alias)),
        seed=seed,
    )
    visit.alias = tidy(alias)
    return visit


@act
def confirm_visit(*, by: Viewer, visit: Visit) -> Visit:
    """A facilitator expects the visitor."""
    visit = afresh(visit)
    demand(rules.may_confirm_visit(by, visit))
    visit.standing, visit.answer_by = Visit.Standing.EXPECTED.value, None
    visit.save(update_fields=["standing", "answer_by"])
    announce("members.visit_confirmed", group=visit.group_id, visit=visit.id)
    return visit


@act
def decline_visit(*, by: Viewer, visit: Visit, words: str) -> Visit:
    """Not this time, in kind words that the private link shows; also to who is expected already."""
    visit = afresh(visit)
    demand(rules.may_decline_visit(by, visit))
    visit.standing, visit.reply = Visit.Standing.DECLINED.value, words
    visit.answer_by = None
    visit.ends = min(visit.ends, clock.now() + dt.timedelta(days=7))
    visit.save(update_fields=["standing", "reply", "ends", "answer_by"])
    announce("members.visit_declined", group=visit.group_id, visit=visit.id)
    return visit


@act
def lapse_visits(*, by: object) -> int:
    """The clock's: a visit that nobody answered holds no seat any longer; returns how many."""
    due = Visit.objects.filter(standing=Visit.Standing.ASKED, answer_by__lte=clock.now())
    lapsed: int = due.update(standing=Visit.Standing.LAPSED, answer_by=None)
    return lapsed


@act
def change_wishes(*, by: Viewer, visit: Visit, greeted: bool, listens: bool) -> Visit:
    """Be greeted at the door or not; only listen or not."""
    visit = afresh(visit)
    demand(rules.may_answer_visit(by, visit))
    visit.wishes = {**visit.wishes, "greeted": greeted, "listens": listens}
    visit.save(update_fields=["wishes"])
    return visit


@act
def answer_visit(*, by: Viewer, visit: Visit, shared: bool, **answers: Any) -> Visit:
    """The three private questions afterwards: heard, safe, again. `shared` shows facilitators."""
    visit = afresh(visit)
    demand(rules.may_answer_visit(by, visit))
    visit.after = {**answers, "shared": shared}
    visit.save(update_fields=["after"])
    return visit


@act
def end_visit(*, by: Viewer, visit: Visit) -> None:
    """Delete a visit now: its key, name and answers go; the ledger keeps that a visit ended."""
    visit = afresh(visit)
    demand(rules.may_answer_visit(by, visit))
    shred(forget([visit]))


@act
def forget_visits(*, by: object) -> int:
    """The clock's: delete every visit whose evening was over 20 hours ago; returns how many."""
    rows = Visit.objects.filter(ends__lte=clock.now() - FORGOTTEN_AFTER)
    over = list(rows.select_related("group").order_by("group_id", "id"))
    if over:
        shred(forget(over))
    return len(over)


def forget(over: list[Visit]) -> list[int]:
    """Delete the rows, then write a line for each; returns the scopes, to be shredded last."""
    ids = [visit.id for visit in over]
    Visit.objects.filter(id__in=ids).delete()
    for visit in over:
        record(visit.group.scope, "members.visit_ended", actor=SYSTEM)
        announce("members.visit_ended", group=visit.group_id, visit=visit.id)
    return [visit.scope for visit in over]
