"""Single listings, their neighbours, and where imported ones come from."""

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from holdspace.directory import rules
from holdspace.directory.feeds.codes import LANGUAGE_NAMES, LANGUAGES
from holdspace.directory.gazetteer import distance_km
from holdspace.directory.models import Listing, Source, Upload, Word
from holdspace.directory.queries.search import search
from holdspace.directory.queries.wish import Wish
from holdspace.directory.terms import facts, hashed
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.places import languages
from holdspace.kit.viewer import Viewer

if TYPE_CHECKING:
    from holdspace.groups.models import Group

_CLOSE = 40  # candidates among which the nearest neighbours are chosen


@sees
def listing_at(code: str, *, viewer: Viewer) -> Listing:
    """The imported listing with this code, also one that has gone. Raises Unseen."""
    rows = Listing.objects.filter(organisation_id=viewer.organisation, code=code, group=None)
    found: Listing | None = rows.select_related("source").first()
    if found is None:
        raise Unseen
    return found


@sees
def listing_of_group(group: "Group", *, viewer: Viewer) -> Listing | None:
    """The listing of one of our groups, if it has one."""
    rows = Listing.objects.filter(organisation_id=viewer.organisation, group=group)
    found: Listing | None = rows.first()
    return found


@sees
def neighbours_of(listing: Listing, *, viewer: Viewer, many: int = 3) -> list[Listing]:
    """Other groups for the same people ("Not quite right?"): on the same topics, near, soonest.

    Where none shares a topic, the nearest on anything else.
    """
    anything = Wish(audience="" if listing.audience == "both" else listing.audience)
    for wish in (replace(anything, topics=tuple(listing.topics)), anything):
        close = search(wish, viewer=viewer, many=_CLOSE + 1).listings
        others = [other for other in close if other.pk != listing.pk]
        if others:
            break
    return sorted(others, key=lambda other: _apart(listing, other))[:many]


def _apart(one: Listing, other: Listing) -> float:
    if None in {one.latitude, one.longitude, other.latitude, other.longitude}:
        return 0.0
    km = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)  # type: ignore[arg-type]
    return round(km / 10)


@sees
def languages_here(*, viewer: Viewer) -> set[str]:
    """The languages in which the groups shown here meet, from the word table."""
    rows = Word.objects.filter(catalogue__organisation_id=viewer.organisation, term__in=_spoken())
    return {_spoken()[term] for term in rows.values_list("term", flat=True)}


@cache
def _spoken() -> dict[int, str]:
    """What the word table says of each language that a group can have."""
    codes = {*LANGUAGES.values(), *LANGUAGE_NAMES.values(), *(code for code, _name in languages())}
    return {hashed(one): code for code in codes for one in facts("language", [code])}


@sees
def sources_for(*, viewer: Viewer) -> list[Source]:
    """Where imported groups come from, for coordinators. Raises Unseen to others."""
    if not rules.may_import(viewer):
        raise Unseen
    return list(Source.objects.order_by("name", "id"))


@sees
def files_of(name: str, *, viewer: object) -> list[Source]:
    """The files in which somebody publishes groups, newest first. Raises Unseen to others."""
    if not rules.may_import(viewer):
        raise Unseen
    every = Source.objects.exclude(file="").order_by("-read_on", "file")
    return [one for one in every if _plain(one.name) == _plain(name)]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@sees
def uploads_begun(*, viewer: Viewer) -> list[Upload]:
    """Files that are being brought in, for coordinators. Raises Unseen to others."""
    if not rules.may_import(viewer):
        raise Unseen
    return list(Upload.objects.filter(begun=True).order_by("id"))


@sees
def upload_at(code: str, *, viewer: Viewer) -> Upload:
    """A file between preview and yes. Raises Unseen."""
    if not rules.may_import(viewer):
        raise Unseen
    found: Upload | None = Upload.objects.filter(code=code).first()
    if found is None:
        raise Unseen
    return found
