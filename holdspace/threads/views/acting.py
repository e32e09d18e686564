"""Small acts on what is there: supporting, taking back, marking; and what facilitators do."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.kit.answers import SeeOther, go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import demand
from holdspace.threads import actions, queries, rules
from holdspace.threads.forms import NoteForm, ReasonForm
from holdspace.threads.views.ground import GET_POST, inside, whole_number
from holdspace.threads.words import Kind

if TYPE_CHECKING:
    from holdspace.groups.models import Group

MARKED = {
    ("follow", True): _("You follow it now. It stands first in what is new."),
    ("follow", False): _("You no longer follow it."),
    ("mute", True): _("It is muted. Nothing here counts as new for you."),
    ("mute", False): _("It is no longer muted."),
    ("pin", True): _("It is pinned: it stands first for everybody."),
    ("pin", False): _("It is no longer pinned."),
    ("open", True): _("This conversation is open again."),
}


def _there(group: "Group", thread: int, post: int) -> HttpResponse:
    """Back to a post where it stands in its conversation."""
    where = reverse("threads:thread", kwargs={"code": group.code, "thread": thread})
    return SeeOther(f"{where}?from={post}#p{post}")


@require_POST
@inside
def support(request: Request, group: "Group", thread: int) -> HttpResponse:
    """Say one of five things to a post, or take it back: the button says to which, and what."""
    number, _colon, kind = request.POST.get("line", "").partition(":")
    post = whole_number(number)
    if not post:
        row = queries.thread_at(group, thread, viewer=request.viewer)
        return go("threads:thread", request, code=group.code, thread=row.number)
    seen = queries.post_at(group, thread, post, viewer=request.viewer)
    if kind in Kind.values:
        actions.support(by=request.viewer, post=seen.posts[0].post, kind=kind)
    else:
        actions.unsupport(by=request.viewer, post=seen.posts[0].post)
    return _there(group, thread, post)


@require_http_methods(GET_POST)
@inside
def take_back(request: Request, group: "Group", thread: int, post: int) -> HttpResponse:
    """Take one's own words back: what happens is said before."""
    seen = queries.post_at(group, thread, post, viewer=request.viewer)
    if request.method == "POST" and not seen.posts[0].post.is_here:  # pressed twice
        return _there(group, thread, post)
    demand(rules.may_take_back(seen.voice, seen.posts[0].post))
    if request.method == "POST":
        actions.take_back(by=request.viewer, post=seen.posts[0].post)
        return _there(group, thread, post)
    return page(request, "threads/take_back.html", group=group, seen=seen, one=seen.posts[0])


@require_http_methods(GET_POST)
@inside
def put_away(request: Request, group: "Group", thread: int, post: int) -> HttpResponse:
    """A facilitator puts words away, with a reason that stands in their place."""
    seen = queries.post_at(group, thread, post, viewer=request.viewer)
    one = seen.posts[0]
    demand(rules.may_put_away(seen.voice, one.post))
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.put_away(by=request.viewer, post=one.post, why=form.cleaned_data["why"])
        return _there(group, thread, post)
    status = 422 if form.errors else 200
    shown = {"group": group, "seen": seen, "one": one, "form": form}
    return page(request, "threads/put_away.html", status=status, **shown)


@require_http_methods(GET_POST)
@inside
def note(request: Request, group: "Group", thread: int, post: int) -> HttpResponse:
    """Say what a text speaks of."""
    seen = queries.post_at(group, thread, post, viewer=request.viewer)
    one = seen.posts[0]
    demand(rules.may_note(seen.voice, one.post))
    form = NoteForm(sent(request), initial=one.shown)
    if request.method == "POST" and form.is_valid():
        notes = tuple(form.cleaned_data["notes"])
        actions.note_content(by=request.viewer, post=one.post, notes=notes)
        return _there(group, thread, post)
    status = 422 if form.errors else 200
    shown = {"group": group, "seen": seen, "one": one, "form": form}
    return page(request, "threads/note.html", status=status, **shown)


@require_POST
@inside
def mark(request: Request, group: "Group", thread: int) -> HttpResponse:
    """Follow or mute a conversation, pin it, open it again; or no longer."""
    row = queries.thread_at(group, thread, viewer=request.viewer)
    there = request.POST.get("there") == "yes"
    acts = {"follow": actions.follow, "mute": actions.mute, "pin": actions.pin}
    what = request.POST.get("as", "")
    if what in acts:
        acts[what](by=request.viewer, thread=row, there=there)
    elif what == "open":
        actions.reopen(by=request.viewer, thread=row)
    note = MARKED.get((what, there), "")
    return go("threads:thread", request, code=group.code, thread=thread, note=note)


@require_http_methods(GET_POST)
@inside
def close(request: Request, group: "Group", thread: int) -> HttpResponse:
    """Take no more answers, for a reason."""
    seen = queries.answering(group, thread, viewer=request.viewer)
    demand(rules.may_facilitate_here(seen.voice))
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.close(by=request.viewer, thread=seen.thread, why=form.cleaned_data["why"])
        return go("threads:thread", request, code=group.code, thread=thread)
    status = 422 if form.errors else 200
    return page(request, "threads/close.html", status=status, group=group, seen=seen, form=form)
