"""Help me choose: one question a page, every one skippable, kept in this browser only (F2)."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.directory import choosing, questions
from holdspace.directory.cards import card_of
from holdspace.directory.gazetteer import towns_named
from holdspace.directory.models import Listing
from holdspace.directory.queries import Wish, search
from holdspace.groups.queries import topics_for
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import Unseen
from holdspace.kit.zones import reader_zone

JAR = "choose"
_CANDIDATES = 120


@require_safe
def begin(request: Request) -> HttpResponse:
    """What this is, and that it may be left at any moment."""
    topics_for(viewer=request.viewer)
    return page(request, "directory/choose.html", of=len(questions.FORMS), begun=JAR in request.jar)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, number: int) -> HttpResponse:
    """One question. Back loses nothing; skipping is an answer."""
    if not 1 <= number <= len(questions.FORMS):
        raise Unseen
    topics = topics_for(viewer=request.viewer)
    asked, answers = questions.FORMS[number - 1], request.jar.get(JAR, {})
    form = asked(request.POST or None, initial=answers, topics=topics)
    if request.method == "POST" and ("skip" in request.POST or form.is_valid()):
        given = {} if "skip" in request.POST else form.cleaned_data
        request.jar[JAR] = {**answers, **{name: given.get(name, "") for name in form.fields}}
        if number == len(questions.FORMS):
            return go("directory:choose_groups", request)
        return go("directory:choose_question", request, number=number + 1)
    return page(
        request, "directory/choose_question.html", form=form, number=number,
        of=len(questions.FORMS), title=asked.title, hint=asked.hint,
    )  # fmt: skip


@require_safe
def groups(request: Request) -> HttpResponse:
    """Groups that fit what was told, with reasons for and against, and waiting places."""
    topics = {t.key: t for t in topics_for(viewer=request.viewer)}
    hopes = _hopes(request)
    found = _candidates(request, hopes)
    names = {key: str(topic.name) for key, topic in topics.items()}
    weighed = [choosing.weigh(listing, hopes, names) for listing in found]
    shown = [
        [(card_of(w.listing, topics, hopes.zone, hopes.near), w) for w in part]
        for part in choosing.sorted_out(weighed)
    ]
    return page(
        request, "directory/chosen.html", best=shown[0], second=shown[1], full=shown[2],
        tender=any(topics[key].tender for key in hopes.topics if key in topics),
    )  # fmt: skip


def _candidates(request: Request, hopes: choosing.Hopes) -> list[Listing]:
    """Everything, so that there is a second best; of a large directory what is about it, too."""
    everything = Wish(zone=hopes.zone, audience=hopes.audience)
    found = search(everything, viewer=request.viewer, many=_CANDIDATES).listings
    if not hopes.topics or len(found) < _CANDIDATES:
        return found
    about = replace(everything, topics=hopes.topics)
    more = search(about, viewer=request.viewer, many=_CANDIDATES).listings
    return list({listing.id: listing for listing in [*found, *more]}.values())


@require_POST
def forget(request: Request) -> HttpResponse:
    """Forget what was answered."""
    topics_for(viewer=request.viewer)
    del request.jar[JAR]
    return go("directory:choose", request)


def _hopes(request: Request) -> choosing.Hopes:
    said: dict[str, Any] = request.jar.get(JAR, {})
    towns = towns_named(str(said.get("town") or ""), country=request.organisation.country)
    return choosing.Hopes(
        audience=said.get("audience") or "",
        topics=tuple(said.get("topics") or ()),
        how=tuple(said.get("how") or ()),
        near=towns[0] if towns else None,
        when=tuple(said.get("when") or ()),
        kind=said.get("kind") or "",
        needs=tuple(said.get("needs") or ()),
        affirming=tuple(said.get("affirming") or ()),
        zone=reader_zone(request),
    )
