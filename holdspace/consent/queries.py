"""What can be seen of consents and of everything that is held: one's own."""

from dataclasses import dataclass
from typing import Any

from holdspace.consent.along import yes_beside, yes_found
from holdspace.consent.models import Consent
from holdspace.consent.purposes import MESSAGES, PURPOSES, TAKING_PART, VISITING, Purpose
from holdspace.consent.rules import has_agreed
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.holdings import person_holdings
from holdspace.kit.viewer import Viewer
from holdspace.people.queries import account_of

__all__ = [
    "MESSAGES",
    "TAKING_PART",
    "VISITING",
    "Purpose",
    "Standing",
    "everything_of",
    "standings_of",
    "still_to_agree",
    "what_would_end",
    "yes_beside",
    "yes_found",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to one purpose."""

    purpose: Purpose
    given: bool
    on: str
    outdated: bool

    @property
    def ends(self) -> bool:
        """Whether more ends with it than the consent, so that it is said before."""
        return self.purpose.slug == TAKING_PART.slug


@sees
def still_to_agree(purpose: Purpose, *, viewer: Viewer) -> Purpose | None:
    """The purpose, if the person looking has not agreed to it in its present words; else None."""
    return None if has_agreed(viewer, purpose.slug) else PURPOSES[purpose.slug]


@sees
def what_would_end(*, viewer: Viewer) -> list[str]:
    """What ends when the person looking no longer takes part, by name: said beforehand.

    Raises Unseen.
    """
    if viewer.holder is None:
        raise Unseen
    account = viewer.holder.account
    return [name for h in person_holdings() if h.ends for name in h.ends(account)]


@sees
def standings_of(*, viewer: Viewer) -> list[Standing]:
    """Every purpose, and whether the person looking agrees to it now. Raises Unseen."""
    if viewer.holder is None:
        raise Unseen
    rows = Consent.objects.filter(person_id=viewer.holder.account).select_related("person")
    kept = {row.purpose: row for row in rows}
    return [_standing(purpose, kept.get(purpose.slug)) for purpose in PURPOSES.values()]


def _standing(purpose: Purpose, row: Consent | None) -> Standing:
    if row is None:
        return Standing(purpose, given=False, on="", outdated=False)
    body = row.sealed
    outdated = row.is_given and body["version"] != purpose.version
    return Standing(purpose, row.is_given, body["withdrawn"] or body["given"], outdated)


@sees
def everything_of(*, viewer: Viewer) -> dict[str, Any]:
    """All that is held on the person looking, package by package, as plain JSON. Raises Unseen.

    Each package answers for its own part, and with nobody else's words in it.
    """
    account = account_of(viewer)
    if account is None:
        raise Unseen
    return {holding.name: holding.export(account) for holding in person_holdings()}
