"""Help me choose: what somebody told us, and groups with reasons for and against."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from holdspace.directory.gazetteer import Town, distance_km
from holdspace.directory.models import Listing, Standing, Way
from holdspace.groups.queries import ACCESS, AFFIRMING

FAR_KM = 40
OPEN_TO_ALL = "mental-health"
_EVENING, _WEEKEND = 17, 5
_NEAR = -3  # what weighs less comes near nothing that was told
ONLINE = {"online", "video", "text", "hybrid"}
IN_PERSON = {"in_person", "hybrid"}


@dataclass(frozen=True, slots=True)
class Hopes:
    """What somebody told us; every part may be empty."""

    audience: str = ""
    topics: tuple[str, ...] = ()
    how: tuple[str, ...] = ()  # in_person, online, text
    near: Town | None = None
    when: tuple[str, ...] = ()  # daytime, evening, weekend
    kind: str = ""
    needs: tuple[str, ...] = ()
    affirming: tuple[str, ...] = ()
    zone: str = "UTC"


@dataclass(slots=True)
class Weighed:
    """A listing with its reasons. `weight` orders and is never shown."""

    listing: Listing
    weight: float = 0.0
    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    def plus(self, weight: float, words: str) -> None:
        """Something that speaks for it."""
        self.weight += weight
        self.reasons.append(words)

    def minus(self, weight: float, words: str) -> None:
        """Something that speaks against it, or that nobody says."""
        self.weight -= weight
        self.against.append(words)


def weigh(listing: Listing, hopes: Hopes, names: Mapping[str, Any]) -> Weighed:
    """One listing against what somebody hopes for; `names` are the topics' names by key."""
    found = Weighed(listing)
    _topics(found, hopes, names)
    _audience(found, hopes)
    _how(found, hopes)
    _when(found, hopes)
    _kind(found, hopes)
    _needs(found, hopes)
    if listing.way == Way.COME:
        found.plus(0.5, _("You can simply come"))
    if listing.way == Way.INVITED:
        found.minus(1, _("People come into it by invitation. You can ask its facilitators."))
    if not listing.group_id:
        found.minus(0.5, _("It is run elsewhere. Ask them whether the details still hold."))
    if listing.standing == Standing.PAUSED:
        found.minus(4, _("It is closed for now"))
    return found


def _topics(found: Weighed, hopes: Hopes, names: Mapping[str, Any]) -> None:
    shared = [key for key in hopes.topics if key in found.listing.topics]
    for key in shared:
        found.plus(3, _("It is about: %(topic)s") % {"topic": names.get(key, key)})
    if hopes.topics and not shared and OPEN_TO_ALL in found.listing.topics:
        found.plus(0.5, _("It is open to any mental health problem"))
    elif hopes.topics and not shared:
        found.minus(2, _("It is not about what you named"))


def _audience(found: Weighed, hopes: Hopes) -> None:
    audience = found.listing.audience
    if not hopes.audience or not audience:
        return
    if audience in {hopes.audience, "both"}:
        found.plus(2, _("It is for family and carers") if hopes.audience == "family"
                   else _("It is for people living with it themselves"))  # fmt: skip
    else:
        found.minus(6, _("It is for others"))


def _how(found: Weighed, hopes: Hopes) -> None:
    mode, listing = found.listing.mode, found.listing
    wanted: set[str] = set()
    for how in hopes.how:
        wanted |= {"in_person": IN_PERSON, "online": ONLINE, "text": {"text"}}.get(how, set())
    if wanted and mode in wanted:
        found.plus(2, _("It meets the way you would like"))
    elif wanted:
        found.minus(2, _("It meets in another way"))
    if hopes.near and mode in IN_PERSON and listing.latitude is not None:
        km = distance_km(
            hopes.near.latitude, hopes.near.longitude, listing.latitude, listing.longitude or 0
        )
        said = {"km": round(km)}
        if km <= FAR_KM:
            found.plus(1.5, _("It is about %(km)d km away") % said)
        elif mode != "hybrid":
            found.minus(3 + km / 100, _("It is far: about %(km)d km") % said)


def _when(found: Weighed, hopes: Hopes) -> None:
    if not hopes.when:
        return
    if not found.listing.has_next:
        found.minus(1, _("No next date is known"))
        return
    if part_of_week(found.listing.soonest, hopes.zone) & set(hopes.when):
        found.plus(1.5, _("The next meeting is at a time that suits you"))
    else:
        found.minus(1, _("The next meeting is at another time"))


def part_of_week(moment: dt.datetime, zone: str) -> set[str]:
    """Daytime, evening, weekend: by the reader's clock."""
    here = moment.astimezone(ZoneInfo(zone))
    parts = {"evening" if here.hour >= _EVENING else "daytime"}
    return parts | ({"weekend"} if here.weekday() >= _WEEKEND else set())


def _kind(found: Weighed, hopes: Hopes) -> None:
    if not hopes.kind or not found.listing.kind:
        return
    if hopes.kind == found.listing.kind:
        found.plus(1, _("It is led by people who have been through it") if hopes.kind == "peer"
                   else _("It is led by a professional"))  # fmt: skip
    else:
        found.minus(1, _("It is led by a professional") if hopes.kind == "peer"
                    else _("It is led by people who have been through it"))  # fmt: skip


def _needs(found: Weighed, hopes: Hopes) -> None:
    for need in hopes.needs:
        name = str(ACCESS.get(need, need))
        if need in found.listing.access:
            found.plus(1, name)
        else:
            found.minus(1, _("It does not say: %(need)s. Ask first.") % {"need": name})
    for one in hopes.affirming:
        if one in found.listing.identities:
            found.plus(2, _("Affirming: %(who)s") % {"who": AFFIRMING.get(one, one)})


def sorted_out(
    weighed: list[Weighed], many: int = 3
) -> tuple[list[Weighed], list[Weighed], list[Weighed]]:
    """The best with a place, the second best, and full ones where one can wait.

    Where nobody can simply come, by invitation, is never among the best; and where little fits,
    what comes near stands second, with what speaks against it.
    """
    best_first = sorted(weighed, key=lambda w: (-w.weight, w.listing.soonest, w.listing.name))
    fitting = [w for w in best_first if w.weight > 0]
    full = [w for w in fitting if w.listing.way == Way.FULL]
    best = [w for w in fitting if w.listing.way not in {Way.FULL, Way.INVITED}][:many]
    near = [w for w in best_first if w.weight > 0 or (w.reasons and w.weight > _NEAR)]
    second = [w for w in near if w not in best and w.listing.way != Way.FULL]
    return best, second[:many], full[:many]
