"""What can be seen of organisations."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from holdspace.kit import clock, scope
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.prepared import prepared
from holdspace.kit.verdicts import Verdict
from holdspace.kit.viewer import Viewer
from holdspace.organisations import cover, rules
from holdspace.organisations.gate import Check, checks
from holdspace.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class GateLine:
    """One line of the opening gate with today's answer."""

    check: Check
    verdict: Verdict


def organisation_at(host: str) -> Organisation | None:
    """The organisation a host name leads to: its own host, then `slug.localhost`.

    Names that nobody owns lead to the installation's first, and never to one added later.
    Asked by the middleware before anybody is looking, hence without a viewer.
    """
    label, _dot, rest = host.partition(".")
    found = _near(host=host, slug=label) if rest == "localhost" else _far(host=host)
    return min(found, key=lambda one: one.host != host, default=None)


@prepared()
def _near(*, host: str, slug: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(Q(host=host) | Q(slug=slug))


@prepared()
def _far(*, host: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(Q(host=host) | Q(first=True))


def is_set_up() -> bool:
    """Whether this installation has an organisation; asked by the middleware, without a viewer."""
    return Organisation.objects.exists()


def organisation_named(slug: str) -> Organisation | None:
    """The organisation with this slug, for the operator's commands, hence without a viewer."""
    return Organisation.objects.filter(slug=slug).first()


def free_slug(name: str) -> str:
    """A short name for addresses that no organisation has yet; asked without a viewer."""
    wished = slugify(name)[:30].strip("-") or "house"
    taken = set(Organisation.objects.filter(slug__startswith=wished).values_list("slug", flat=True))
    tries = (wished, *(f"{wished}-{n}" for n in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)


def every_organisation() -> list[Organisation]:
    """All of the installation, for the clock and the operator, hence without a viewer."""
    return list(Organisation.objects.order_by("slug"))


def organisation_by_id(organisation: int) -> Organisation:
    """The organisation with this id, for acts, hence without a viewer.

    Raises Organisation.DoesNotExist.
    """
    return Organisation.objects.get(id=organisation)


@sees
def own_organisation(*, viewer: Viewer) -> Organisation:
    """The organisation whose house the viewer is in. Raises Unseen when there is none."""
    found = Organisation.objects.filter(id=viewer.organisation).first()
    if found is None:
        raise Unseen
    return found


@sees
def gate(*, viewer: Viewer) -> list[GateLine]:
    """What must be done before the doors open, each with its answer. Raises Unseen to others."""
    organisation = own_organisation(viewer=viewer)
    if not rules.may_see_opening(viewer, organisation):
        raise Unseen
    with scope.entered(organisation.id):
        return [GateLine(check, check.asking(organisation)) for check in checks()]


def is_covered(organisation: Organisation, moment: dt.datetime | None = None) -> bool:
    """Whether a person is there to read at `moment` (aware; now if none is given).

    A fact of a row already seen, hence without a viewer.
    """
    return cover.covered(organisation.cover, organisation.zone, moment or clock.now())


def next_cover(organisation: Organisation, moment: dt.datetime | None = None) -> dt.datetime | None:
    """When the next hours of cover begin, in the organisation's zone; None when none are set.

    A fact of a row already seen, hence without a viewer.
    """
    return cover.next_start(organisation.cover, organisation.zone, moment or clock.now())
