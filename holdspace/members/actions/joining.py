"""Joining a group, agreeing to what it agreed, and the first day."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import Refused, demand
from holdspace.kit.ids import new_id
from holdspace.kit.viewer import Holder, Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.members import places, rules
from holdspace.members.actions.inviting import is_good, use_up
from holdspace.members.actions.visiting import forget
from holdspace.members.fresh import afresh
from holdspace.members.models import Member, Ring, Visit, Waiting
from holdspace.members.naming import skeleton, tidy
from holdspace.members.who import holder_of
from holdspace.vault.scopes import open_scope, shred
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group

ABOUT = frozenset({"hello", "reads", "needs", "camera_off", "hope"})


@act
def join_group(
    *,
    by: Viewer,
    group: "Group",
    alias: str,
    seed: int,
    agreement: int,
    affirmed: str,
    about: dict[str, Any] | None = None,
    sure: bool = False,
    invitation: str = "",
    visit: Visit | None = None,
    anew: bool = False,
) -> Member:
    """Take a place under `alias`, having accepted agreement number `agreement`; twice is once.

    `affirmed` is what was said about age; `visit` ends with this. Someone who left comes back as
    who they were, unless `anew`: then the old name stays behind, out of reach. Writes no row of a
    Person. Raises Refused: full, the name, an agreement changed meanwhile, no yes to what is kept.
    """
    holder, ring = holder_of(by), places.lock(group)
    before = _own(group, holder)
    if before is not None and before.is_current:
        return before
    demand(rules.may_join(by, group, invited=is_good(group, invitation)))
    demand(rules.is_agreement_now(by, group, agreement) & rules.agrees_to_take_part(by))
    if before is not None and not anew:
        member = _come_back(before)
    else:
        _demand_alias(by, group, alias, sure=sure, own=visit.id if visit else 0)
        _let_go(before)
        member = _new_member(group, holder, tidy(alias), seed, about or {})
    member.agreement = agreement
    member.save()
    _use_up(ring, group, holder, invitation)
    record(group.scope, "members.joined", actor=member, agreement=agreement, affirmed=affirmed)
    announce("members.joined", group=group.id, member=member.id)
    _end(by, visit)
    return member


def _end(by: Viewer, visit: Visit | None) -> None:
    """End the visit if it is the viewer's own and was not forgotten meanwhile."""
    if visit is None or not rules.is_own(by, visit):
        return
    rows = Visit.objects.select_for_update(of=("self",)).select_related("group")
    mine = list(rows.filter(id=visit.id))
    if mine:
        shred(forget(mine))


def _own(group: "Group", holder: Holder) -> Member | None:
    mine = Member.objects.filter(group=group, holder=holder.tag(group.id))
    member: Member | None = mine.select_related("group").first()
    return member


def _use_up(ring: Ring, group: "Group", holder: Holder, invitation: str) -> None:
    """The place is taken: by one's turn on the list if there is one, else by the invitation."""
    mine = Waiting.objects.select_for_update().filter(group=group, holder=holder.tag(group.id))
    turn = mine.filter(standing__in=Waiting.LIVE).first()
    places.take(ring, turn)
    if turn is None:
        use_up(group, invitation)


def _demand_alias(by: Viewer, group: "Group", alias: str, *, sure: bool, own: int) -> None:
    """A name that is fit to use and that nobody else here has. Raises Refused."""
    demand(rules.may_use_alias(by, group, alias, sure=sure))
    demand(rules.is_alias_free(group, alias, own=own))


def _new_member(
    group: "Group", holder: Holder, alias: str, seed: int, about: dict[str, Any]
) -> Member:
    unknown = set(about) - ABOUT
    if unknown:
        raise TypeError(f"nobody asked for {', '.join(sorted(unknown))}")
    if Member.objects.filter(group=group, seed=seed).exists():
        raise Refused(_("Somebody here took this picture a moment ago. Please choose another."))
    member = Member(
        organisation_id=group.organisation_id,
        group=group,
        scope=open_scope(group.scope),
        holder=holder.tag(group.id),
        alias_tag=tag(group.scope, "alias", skeleton(alias)),
        seed=seed,
        since=clock.today(),
        joined_on=clock.today(),
    )
    member.person, member.alias, member.about = {"account": holder.account}, alias, about
    return member


def _come_back(member: Member) -> Member:
    member.standing, member.since = Member.Standing.JOINED.value, clock.today()
    member.about = {said: words for said, words in member.about.items() if said in ABOUT}
    return member


def _let_go(member: Member | None) -> None:
    """The old membership belongs to nobody any more: its tag can never be computed again.

    What was said under it goes, since an erasure could not find it later.
    """
    if member is not None:
        member.holder = tag(member.scope, "nobody", str(new_id()))
        member.person, member.about = {}, {}
        member.save(update_fields=["holder", "person", "about"])


@act
def accept_agreement(*, by: Member, number: int) -> Member:
    """Accept the agreement now in force; the group's chain keeps that and when.

    Raises Refused when it changed again meanwhile, or for somebody who is no longer here.
    """
    member = afresh(by)
    demand(rules.is_here(member))
    nobody = Viewer(organisation=member.organisation_id)
    demand(rules.is_agreement_now(nobody, member.group, number))
    if member.agreement != number:
        member.agreement = number
        member.save(update_fields=["agreement"])
        record(member.group.scope, "members.agreed", actor=member, agreement=number)
    return member


@act
def change_alias(*, by: Viewer, member: Member, alias: str, sure: bool = False) -> Member:
    """Another name, once, on the first day. Raises Refused."""
    group = member.group
    places.lock(group)
    member = afresh(member)
    demand(rules.may_change_alias(member))
    _demand_alias(by, group, alias, sure=sure, own=member.id)
    member.alias = tidy(alias)
    member.alias_tag = tag(group.scope, "alias", skeleton(alias))
    member.renamed = True
    member.save(update_fields=["alias", "alias_tag", "renamed"])
    record(group.scope, "members.renamed", actor=member)
    return member


@act
def change_about(*, by: Member, **about: Any) -> Member:
    """Change what was said at joining: hello, reads, needs, camera_off, hope.

    Raises TypeError for anything else.
    """
    unknown = set(about) - ABOUT
    if unknown:
        raise TypeError(f"nobody asked for {', '.join(sorted(unknown))}")
    member = afresh(by)
    demand(rules.is_here(member))
    member.about = {**member.about, **about}
    member.save(update_fields=["about"])
    return member
