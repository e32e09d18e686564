"""Applying where a group asks questions first: answers, a yes, or a kind no."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen, demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, act
from holdspace.ledger.chain import name_of, record
from holdspace.ledger.events import announce
from holdspace.members import places, rules
from holdspace.members.actions.waiting import line_up
from holdspace.members.models import Application, Waiting
from holdspace.members.who import holder_of
from holdspace.vault.scopes import open_scope, shred

if TYPE_CHECKING:
    from holdspace.groups.models import Group

DECLINED_STAYS = dt.timedelta(days=30)
OPEN_STAYS = dt.timedelta(days=90)


@act
def apply(
    *, by: Viewer, group: "Group", answers: list[list[str]], draft: dict[str, Any]
) -> Application:
    """Answer the group's questions; the same application when asked again.

    `draft` is alias, seed and the agreement accepted. Raises Refused.
    """
    holder = holder_of(by)
    places.lock(group)
    rows = Application.objects.filter(group=group, holder=holder.tag(group.id))
    mine: Application | None = rows.first()
    if mine is not None:
        return mine
    demand(rules.may_apply(by, group) & rules.agrees_to_take_part(by))
    application = Application(
        organisation_id=group.organisation_id,
        group=group,
        scope=open_scope(group.scope),
        holder=holder.tag(group.id),
        since=clock.today(),
    )
    application.person = {"account": holder.account}
    application.answers, application.draft = answers, draft
    application.save(force_insert=True)
    record(group.scope, "members.applied", actor=application)
    announce("members.applied", group=group.id, application=application.id)
    return application


@act
def approve_application(*, by: Viewer, application: Application) -> Waiting:
    """Yes: a place is offered, or a turn kept if there is none. The answers go with their key."""
    group = application.group
    ring = places.lock(group)
    application = _afresh(application)
    demand(rules.may_answer_application(by, application))
    who = name_of(application)
    turn = line_up(ring, group, bytes(application.holder), application.person, application.draft)
    scope = _delete(application)
    record(group.scope, "members.application_approved", actor=by, subject=who)
    shred([scope])
    return turn


@act
def decline_application(*, by: Viewer, application: Application, words: str) -> Application:
    """Not this group, in kind words. The answers go today, the words stay for 30 days."""
    places.lock(application.group)
    application = _afresh(application)
    demand(rules.may_answer_application(by, application))
    if not words.strip():
        raise Refused(_("Write a few kind words. They are all that this person will get."))
    application.standing, application.reply = Application.Standing.DECLINED.value, words
    application.answers, application.since = [], clock.today()
    application.save(update_fields=["standing", "reply", "answers", "since"])
    record(application.group.scope, "members.application_declined", actor=by, subject=application)
    announce("members.application_declined", group=application.group_id, application=application.id)
    return application


@act
def withdraw_application(*, by: Viewer, application: Application) -> None:
    """Take one's own application back, answered or not; nothing of it stays. Raises Unseen."""
    mine = by.holder is not None and by.holder.tag(application.group_id) == application.holder
    if not mine:
        raise Refused(_("This is not yours to take back."))
    places.lock(application.group)
    application = _afresh(application)
    who = name_of(application)
    scope = _delete(application)
    record(application.group.scope, "members.application_withdrawn", actor=who)
    shred([scope])


@act
def forget_applications(*, by: object) -> int:
    """The clock's: declined ones after 30 days, unread ones after 90."""
    today = clock.today()
    old = Application.objects.filter(
        standing=Application.Standing.DECLINED, since__lt=today - DECLINED_STAYS
    ) | Application.objects.filter(since__lt=today - OPEN_STAYS)
    over = list(old.select_related("group").order_by("group_id", "id"))
    scopes = [_delete(application) for application in over]
    for application in over:
        record(application.group.scope, "members.application_lapsed", actor=SYSTEM)
    if scopes:
        shred(scopes)
    return len(scopes)


def _afresh(application: Application) -> Application:
    """The row as it is under the ring's lock. Raises Unseen when it was taken back meanwhile."""
    rows = Application.objects.select_related("group").filter(id=application.id)
    found: Application | None = rows.first()
    if found is None:
        raise Unseen
    return found


def _delete(application: Application) -> int:
    application.delete()
    return application.scope
