"""The directory itself."""

from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from holdspace.directory import guide
from holdspace.directory.bringing import topics_of
from holdspace.directory.cards import cards_of
from holdspace.directory.feeds.draft import Draft
from holdspace.directory.forms import FindForm
from holdspace.directory.gazetteer import Town
from holdspace.directory.queries import languages_here, search
from holdspace.directory.tender import is_tender
from holdspace.directory.words import zone_words
from holdspace.groups.queries import TopicWord, topics_for
from holdspace.kit.answers import if_changed, page
from holdspace.kit.asks import Request
from holdspace.kit.zones import reader_zone
from holdspace.meetings.queries import each_week

_OTHER_TOWNS = 4


@require_safe
def groups(request: Request) -> HttpResponse:
    """Groups that fit, soonest first; without an account, without scripts."""
    topics = topics_for(viewer=request.viewer)
    zone = reader_zone(request)
    spoken = languages_here(viewer=request.viewer)
    form = FindForm(request.GET, topics=[(t.key, t.name) for t in topics], languages=spoken)
    wish, towns = form.wish(zone, request.organisation.country)
    found = search(wish, viewer=request.viewer, after=request.GET.get("after", ""))
    return page(
        request,
        "directory/groups.html",
        form=form,
        wish=wish,
        found=found,
        cards=cards_of(found.listings, {t.key: t for t in topics}, zone, wish.near),
        zone=zone_words(zone),
        tender=_is_tender(wish.topic, wish.words, topics),
        lost=bool(form.data.get("near", "").strip()) and wish.near is None,
        towns=[(str(t), _other(request, t)) for t in towns[1 : 1 + _OTHER_TOWNS]],
        further=_address(request, after=found.after) if found.after else "",
        widen=_without(request, form),
        more_open=any(form.data.get(name) for name in MORE),
    )


@require_safe
def meeting_guide(request: Request) -> HttpResponse:
    """Our weekly meetings for the finders of others."""
    house = request.organisation
    weekly = each_week(viewer=request.viewer, scope=house.scope)
    text = guide.meeting_guide(weekly, house, request.build_absolute_uri("/").rstrip("/"))
    mark = sha256(text).hexdigest()[:32]
    return if_changed(request, mark, lambda: text, kind="application/json", kept="no-cache")


MORE = ("near", "day", "kind", "audience", "language", "identity", "access", "today", "come")


def _is_tender(topic: str, words: str, topics: list[TopicWord]) -> bool:
    """Whether this is about suicide, self-harm or abuse, chosen or in the words."""
    tender = {t.key for t in topics if t.tender}
    if topic in tender or not words:
        return topic in tender
    if is_tender(words):
        return True
    return bool(tender & set(topics_of(topics).found_in(Draft(source_id="", name=words))))


def _address(request: Request, **changed: str) -> str:
    said = {name: request.GET.getlist(name) for name in request.GET}
    said.update({name: [value] for name, value in changed.items()})
    kept = {name: values for name, values in said.items() if any(values)}
    return f"?{urlencode(kept, doseq=True)}"


def _other(request: Request, town: Town) -> str:
    narrower = ", ".join(part for part in (town.name, town.region or town.country) if part)
    return _address(request, near=narrower, after="")


def _without(request: Request, form: FindForm) -> list[tuple[str, str]]:
    """Each thing that was asked for, with the address of the same search without it."""
    asked = [bound for bound in form if bound.name != "km" and form.data.get(bound.name)]
    return [
        (
            form.data["q"] if bound.name == "q" else str(bound.label),
            _address(request, **{bound.name: "", "after": ""}),
        )
        for bound in asked
    ]
