"""What can be seen of those who work here."""

import datetime as dt

from django.db.models import Prefetch

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.staff import rules
from holdspace.staff.models import Role, StaffAccount, StaffInvitation
from holdspace.vault.tags import tag

FORMER_KEPT = dt.timedelta(days=730)  # after somebody left, or gave a role up


def staff_pass(account: int) -> StaffPass | None:
    """The pass of a staff sign-in: its roles today; None when it ended or is none.

    Asked by the middleware to find out who is looking, hence without a viewer.
    """
    held = StaffAccount.objects.filter(account=account, ended_on=None)
    rows = list(held.values_list("account", "roles__name", "roles__until"))
    if not rows:
        return None
    return StaffPass(account, frozenset(name for _a, name, until in rows if name and not until))


@sees
def staff_here(*, viewer: Viewer) -> list[StaffAccount]:
    """Everybody who works here, by name, with `.held` (their roles). Raises Unseen to others."""
    if not rules.may_work(viewer):
        raise Unseen
    now = Prefetch("roles", Role.objects.filter(until=None).order_by("name"), to_attr="held")
    here = StaffAccount.objects.filter(ended_on=None).prefetch_related(now).order_by("id")
    return sorted(here, key=lambda one: one.name.casefold())  # names are sealed


@sees
def staff_account_for(account: int, *, viewer: Viewer) -> StaffAccount:
    """One colleague by their open id, with `.held`. Raises Unseen."""
    if not rules.may_work(viewer):
        raise Unseen
    now = Prefetch("roles", Role.objects.filter(until=None).order_by("name"), to_attr="held")
    rows = StaffAccount.objects.filter(account=account).prefetch_related(now)
    found: StaffAccount | None = rows.first()
    if found is None:
        raise Unseen
    return found


@sees
def invitations_open(*, viewer: Viewer) -> list[StaffInvitation]:
    """Invitations that were not used yet, for coordinators. Raises Unseen to others."""
    if not rules.may_coordinate(viewer):
        raise Unseen
    living = StaffInvitation.objects.filter(lapses_on__gte=clock.today())
    return list(living.order_by("lapses_on", "id"))


@sees
def invitation_by(token: str, *, scope: int, viewer: Viewer) -> StaffInvitation:
    """The invitation that a one-time link opens, by the organisation's scope. Raises Unseen."""
    digest = tag(scope, "staff-invitation", token)
    rows = StaffInvitation.objects.filter(token_tag=digest, lapses_on__gte=clock.today())
    found: StaffInvitation | None = rows.first()
    if found is None:
        raise Unseen
    return found


@sees
def invitation_at(invitation: int, *, viewer: Viewer) -> StaffInvitation:
    """One invitation, for coordinators. Raises Unseen."""
    if not rules.may_coordinate(viewer):
        raise Unseen
    found: StaffInvitation | None = StaffInvitation.objects.filter(id=invitation).first()
    if found is None:
        raise Unseen
    return found


def has_safety_lead(organisation: int) -> bool:
    """Whether somebody is named safety lead: asked by the opening gate, without a viewer."""
    held = Role.objects.filter(name=Role.Name.SAFETY, until=None, staff__ended_on=None)
    return held.filter(organisation_id=organisation).exists()


def former() -> list[StaffAccount]:
    """Those who left more than two years ago: asked by the clock, without a viewer."""
    left = StaffAccount.objects.filter(ended_on__lt=clock.today() - FORMER_KEPT)
    return list(left.order_by("id"))
