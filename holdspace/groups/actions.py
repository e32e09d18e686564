"""What can be done to a group: begin and change it, open, close and end it, say who leads."""

import datetime as dt
from typing import Any

from django.db.models import Max

from holdspace.groups import rules
from holdspace.groups.choices import Part, State
from holdspace.groups.models import Agreement, Group, Leadership, Topic
from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.ids import new_code
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.organisations.queries import organisation_by_id
from holdspace.staff.rules import may_coordinate
from holdspace.vault.scopes import open_scope

By = Viewer | str

DETAILS = frozenset(
    {
        "name", "summary", "kind", "audience", "ages", "topics", "language", "zone", "format",
        "format_for_now", "town", "area", "leaders", "training", "style", "composition",
        "affirming", "affirming_words", "ceiling", "way_in", "questions", "introductions",
        "visitor_seats", "wait_weeks", "cost", "cost_words", "access", "access_words",
        "first_visit", "expected", "not_this", "retention_days",
    }
)  # fmt: skip


def _account(by: By) -> int:
    return by.staff.account if isinstance(by, Viewer) and by.staff else 0


def _check_names(details: dict[str, Any]) -> None:
    unknown = set(details) - DETAILS
    if unknown:
        raise TypeError(f"a group has no such detail: {', '.join(sorted(unknown))}")


@act
def begin_group(*, by: By, organisation: int, name: str, **details: Any) -> Group:
    """Begin a group as a draft, with a scope of its own. Raises TypeError for unknown details."""
    demand(may_coordinate(by))
    _check_names(details)
    home = organisation_by_id(organisation)
    details.setdefault("zone", home.zone)
    group = Group(organisation_id=organisation, scope=open_scope(), name=name, **details)
    group.save(force_insert=True)
    record(group.scope, "groups.begun", actor=by, subject=group)
    announce("groups.begun", group=group.id, organisation=organisation)
    return group


@act
def change_group(*, by: By, group: Group, **details: Any) -> Group:
    """Change what a group says about itself; whoever changes it confirms it.

    Raises TypeError for unknown details, IntegrityError for a ceiling out of bounds.
    """
    demand(rules.may_arrange(by, group))
    _check_names(details)
    changed = sorted(k for k, v in details.items() if getattr(group, k) != v)
    for name in changed:
        setattr(group, name, details[name])
    group.confirmed_on = clock.today()
    group.save(update_fields=[*changed, "confirmed_on"])
    record(group.scope, "groups.changed", actor=by, names=changed)
    announce("groups.changed", group=group.id, organisation=group.organisation_id)
    return group


@act
def confirm_listing(*, by: By, group: Group) -> Group:
    """Say that the listing is right today (F8)."""
    demand(rules.may_confirm(by, group))
    group.confirmed_on = clock.today()
    group.save(update_fields=["confirmed_on"])
    record(group.scope, "groups.confirmed", actor=by)
    announce("groups.changed", group=group.id, organisation=group.organisation_id)
    return group


@act
def open_group(*, by: By, group: Group, words: str = "") -> Group:
    """Open a draft, or open again what was closed for a while."""
    demand(rules.may_open_group(by, group, group.agreements.count()))
    group.confirmed_on = clock.today()
    return _move(by, group, State.OPEN, words, None)


@act
def close_group(*, by: By, group: Group, words: str, back_on: dt.date | None = None) -> Group:
    """Close an open group for a while; `words` say why or until when, in public."""
    demand(rules.may_close_group(by, group))
    return _move(by, group, State.CLOSED, words, back_on)


@act
def end_group(*, by: By, group: Group, words: str) -> Group:
    """End a group for good; its page says so in `words`."""
    demand(rules.may_end_group(by, group))
    return _move(by, group, State.ENDED, words, None)


def _move(by: By, group: Group, state: State, words: str, back_on: dt.date | None) -> Group:
    group.state, group.state_words, group.back_on = state.value, words, back_on
    group.state_on, group.state_by = clock.today(), _account(by)
    group.save(
        update_fields=["state", "state_words", "back_on", "state_on", "state_by", "confirmed_on"]
    )
    record(group.scope, f"groups.{state.value}", actor=by, words=words)
    announce("groups.changed", group=group.id, organisation=group.organisation_id)
    return group


@act
def publish_agreement(
    *, by: By, group: Group, clauses: list[str], limits: str, reporters: str = "", change: str = ""
) -> Agreement:
    """Publish the next version of the ground rules; members are asked again.

    Raises ValueError without clauses or without the limits of confidentiality.
    """
    demand(rules.may_arrange(by, group))
    clauses = [clause.strip() for clause in clauses if clause.strip()]
    if not clauses or not limits.strip():
        raise ValueError("an agreement needs clauses and the limits of confidentiality")
    Group.objects.select_for_update().get(id=group.id)
    last = group.agreements.aggregate(last=Max("number"))["last"] or 0
    agreement = Agreement(
        organisation_id=group.organisation_id,
        group=group,
        number=last + 1,
        clauses=clauses,
        limits=limits.strip(),
        reporters=reporters.strip(),
        change=change.strip(),
        published_on=clock.today(),
        published_by=_account(by),
    )
    agreement.save(force_insert=True)
    record(group.scope, "groups.agreement_published", actor=by, number=agreement.number)
    announce("groups.agreement_published", group=group.id, number=agreement.number)
    return agreement


@act
def name_leader(*, by: By, group: Group, staff: Any, part: str = Part.FACILITATOR) -> Leadership:
    """Give a colleague (a StaffAccount) a part in a group; twice changes nothing.

    Raises ValueError for a part that is none, or a colleague of another organisation.
    """
    demand(rules.may_arrange(by, group))
    if staff.organisation_id != group.organisation_id or staff.ended_on is not None:
        raise ValueError("a leader works in the group's organisation")
    given: Leadership
    given, new = Leadership.objects.get_or_create(
        organisation_id=group.organisation_id,
        group=group,
        staff=staff,
        part=Part(part).value,
        until=None,
        defaults={"since": clock.today()},
    )
    if new:
        record(group.scope, "groups.leader_named", actor=by, subject=staff, part=given.part)
    return given


@act
def end_leadership(*, by: By, leadership: Leadership) -> Leadership:
    """End somebody's part in a group from today."""
    demand(rules.may_arrange(by, leadership.group))
    return _end_part(by, leadership)


def _end_part(by: object, leadership: Leadership) -> Leadership:
    leadership.until = clock.today()
    leadership.save(update_fields=["until"])
    scope, staff = leadership.group.scope, leadership.staff
    record(scope, "groups.leader_ended", actor=by, subject=staff, part=leadership.part)
    return leadership


@act
def end_parts_of(*, by: object, account: int) -> int:
    """End every part a colleague has in groups: their sign-in is erased. Safe to run twice."""
    ended = 0
    held = Leadership.objects.filter(staff__account=account, until=None)
    for leadership in held.select_related("group", "staff"):
        _end_part(by, leadership)
        ended += 1
    return ended


@act
def add_topic(
    *, by: By, organisation: int, name: str, family: str = "general", also: str = ""
) -> Topic:
    """Add a topic of the organisation's own. Raises IntegrityError for a name it has already."""
    demand(may_coordinate(by))
    topic = Topic(
        organisation_id=organisation,
        key=f"own-{new_code(6)}",
        name=name,
        family=family,
        also=also,
    )
    topic.save(force_insert=True)
    return topic


@act
def retire_topic(*, by: By, topic: Topic) -> Topic:
    """Offer a topic no longer; groups that carry it keep its key."""
    demand(may_coordinate(by))
    topic.retired_on = clock.today()
    topic.save(update_fields=["retired_on"])
    return topic
