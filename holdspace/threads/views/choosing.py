"""Pages where somebody chooses: what they would rather see folded, how a group talks."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Unseen, demand
from holdspace.threads import actions, queries, rules
from holdspace.threads.forms import Carried, ReadingForm, TalkForm
from holdspace.threads.views.ground import GET_POST, inside

if TYPE_CHECKING:
    from holdspace.groups.models import Group

SAVED = _("Saved.")


@require_http_methods(GET_POST)
@inside
def reading(request: Request, group: "Group") -> HttpResponse:
    """My folds, words I would rather not meet, people I muted."""
    room = queries.room_of(group, viewer=request.viewer)
    if room.voice.visit is not None:
        raise Unseen
    kept = room.reading
    folds = sorted((set(room.talk.folded) - set(kept.unfolds)) | set(kept.folds))
    initial = {
        "folds": folds,
        "words": "\n".join(kept.words),
        "unsigned": kept.hides_unsigned,
        "pictures": kept.asks_for_pictures,
    }
    form = ReadingForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_reading(by=request.viewer, group=group, **form.chosen())
        return go("threads:reading", request, code=group.code, note=SAVED)
    status = 422 if form.errors else 200
    people = queries.people_muted(room, viewer=request.viewer)
    shown = {"group": group, "room": room, "form": form, "people": people}
    return page(request, "threads/reading.html", status=status, **shown)


@require_POST
@inside
def mute_person(request: Request, group: "Group") -> HttpResponse:
    """Fold what somebody writes, for me alone; or no longer."""
    member = Carried().clean(request.POST.get("member"))
    there = request.POST.get("there") == "yes"
    actions.mute_person(by=request.viewer, group=group, member=member, there=there)
    return go("threads:reading", request, code=group.code, note=SAVED)


@require_http_methods(GET_POST)
@inside
def how(request: Request, group: "Group") -> HttpResponse:
    """How the group talks, chosen by its facilitators."""
    room = queries.room_of(group, viewer=request.viewer)
    demand(rules.may_facilitate_here(room.voice))
    form = TalkForm(sent(request))
    form.initial = {name: getattr(room.talk, name) for name in form.fields}
    if request.method == "POST" and form.is_valid():
        actions.change_talk(by=request.viewer, group=group, **form.cleaned_data)
        return go("threads:how", request, code=group.code, note=SAVED)
    status = 422 if form.errors else 200
    return page(request, "threads/how.html", status=status, group=group, form=form)
