"""People and members for tests, made by the acts that make them."""

from typing import Any

from holdspace.consent.actions import give_consent
from holdspace.consent.queries import TAKING_PART, VISITING
from holdspace.groups import actions as groups
from holdspace.groups.models import Group
from holdspace.groups.queries import current_agreement
from holdspace.groups.tests.factories import a_group
from holdspace.kit.ids import new_code
from holdspace.kit.viewer import Viewer
from holdspace.kit.weave import offer
from holdspace.ledger.acts import SYSTEM
from holdspace.members import actions
from holdspace.members.models import Member, Visit, Waiting
from holdspace.people.actions import begin_account
from holdspace.people.holder import AccountHolder
from holdspace.staff.tests.factories import a_staff_account, viewer_for


def a_person(organisation: Any, *, agrees: bool = True) -> Viewer:
    """Somebody signed in, with an account, who agrees to what is kept of who takes part."""
    account = begin_account(by=SYSTEM)
    holder = AccountHolder(account=account, scope=organisation.scope)
    viewer = Viewer(organisation=organisation.id, holder=holder)
    if agrees:
        give_consent(by=viewer, purpose=TAKING_PART.slug)
    return viewer


def a_name() -> str:
    """A name nobody has."""
    letters = "".join(c for c in new_code(16) if c.isalpha() and c not in "cl")
    return f"Bird {letters}"[:20]


def joined(viewer: Viewer, group: Group, alias: str = "", **more: Any) -> Member:
    """The viewer's membership of the group."""
    agreement = current_agreement(group, viewer=viewer)
    more.setdefault("seed", offer(1)[0])
    return actions.join_group(
        by=viewer,
        group=group,
        alias=alias or a_name(),
        agreement=agreement.number,
        affirmed="18 or over",
        **more,
    )


def a_member(
    organisation: Any, group: Group, alias: str = "", **more: Any
) -> tuple[Viewer, Member]:
    """Somebody and their membership."""
    viewer = a_person(organisation)
    return viewer, joined(viewer, group, alias, **more)


def a_visit(group: Group, alias: str = "", **more: Any) -> tuple[Viewer, Visit, str]:
    """A visitor looking, the visit, and its private token."""
    nobody = Viewer(organisation=group.organisation_id)
    agreement = current_agreement(group, viewer=nobody).number
    said = {"agreement": agreement, "agreed": VISITING.version}
    more = {"greeted": True, "listens": True, "seed": offer(1)[0], **said, **more}
    visit, token = actions.ask_to_visit(by=nobody, group=group, alias=alias or a_name(), **more)
    return Viewer(organisation=group.organisation_id, visit=visit.id), visit, token


def a_lead(group: Group, *, part: str = "facilitator") -> Viewer:
    """A colleague with a part in the group, looking."""
    staff = a_staff_account("facilitator")
    groups.name_leader(by=SYSTEM, group=group, staff=staff, part=part)
    return viewer_for(staff)


def full(organisation: Any, **more: Any) -> tuple[Group, Member]:
    """A group of two places, both taken: the group and one of its members."""
    group = a_group(ceiling=2, **more)
    _viewer, member = a_member(organisation, group)
    a_member(organisation, group)
    return group, member


def waits(organisation: Any, group: Group) -> tuple[Viewer, Waiting]:
    """Somebody on the group's waiting list, and their turn."""
    viewer = a_person(organisation)
    return viewer, actions.wait(by=viewer, group=group)
