"""Pages where somebody writes: a new conversation, an answer, a change of wording."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from holdspace.kit.answers import SeeOther, go, page
from holdspace.kit.asks import Request, is_resumed, sent
from holdspace.kit.forms import status_of
from holdspace.kit.guard import Refused, demand
from holdspace.kit.ids import new_id
from holdspace.threads import actions, queries, rules
from holdspace.threads.actions import EditedMeanwhile, SentBefore
from holdspace.threads.forms import Carried, EditForm, OpenForm, ReplyForm, SayForm
from holdspace.threads.models import Draft, Post
from holdspace.threads.queries import Conversation, Room, SeenPost
from holdspace.threads.views.drafting import (
    drafted,
    given,
    keep_picture,
    keeps,
    picture_beside,
    writing,
)
from holdspace.threads.views.ground import GET_POST, number_in
from holdspace.threads.words import Speaks

if TYPE_CHECKING:
    from holdspace.groups.models import Group

CHANGED = _(
    "These words were changed in another place meanwhile. What you typed is here, what stands "
    "there now is above."
)
MEANWHILE = _(
    "It was changed in another place since you opened this page. Save yours to put it in its place."
)
SENT_BEFORE = _(
    "From this page you sent these words before. What you typed now was not sent: save it to put "
    "it in their place."
)
GONE_SINCE = _("Words were sent from this page before, and are gone since. These were not sent.")
NAMELESS_STAND = _(
    "Words were sent from this page before, and stand there without your name. These were not sent."
)
UNSIGNED_SENT = _("Sent. It stands there without your name.")


def composer_for(seen: Conversation, *, quotes: int = 0) -> ReplyForm:
    """The composer at the end of a conversation."""
    initial = drafted(seen.draft)
    if quotes:
        initial["quotes"] = quotes
        initial["seen_by"] = next((one.post.seen_by for one in seen.posts), "")
    return _form_for(seen, initial=initial)


@require_http_methods(GET_POST)
@writing
def begin(request: Request, group: "Group") -> HttpResponse:
    """Begin a conversation."""
    room = queries.room_of(group, viewer=request.viewer)
    demand(rules.may_speak(room.voice, group))
    draft = queries.draft_for_new(room, viewer=request.viewer)
    form = _opening(request, room, draft)
    more = "more" in request.POST
    if request.method == "POST" and not more:
        done = keeps(request, group, form) or _begun(request, group, room, form)
        if done is not None:
            return done
    if more:
        form = _opening(request, room, draft, begun=form.draft())
    keep_picture(request, group, form, draft)
    status = status_of(form)
    shown = {"group": group, "room": room, "form": form, "draft": draft}
    return page(request, "threads/begin.html", status=status, **shown)


def _opening(
    request: Request, room: Room, draft: Draft | None, begun: dict[str, Any] | None = None
) -> OpenForm:
    kept = picture_beside(draft, sent(request))
    ways: dict[str, Any] = {"talk": room.talk, "voice": room.voice, "kept": kept}
    if begun is not None:
        return OpenForm(initial={**given(begun), "key": new_id()}, **ways)
    return OpenForm(sent(request), request.FILES or None, initial=drafted(draft), **ways)


def _begun(request: Request, group: "Group", room: Room, form: OpenForm) -> HttpResponse | None:
    """Sent; None when something needs another look."""
    if not form.is_valid() or form.waits(room.voice):
        return None
    try:
        opened = actions.open_thread(by=request.viewer, group=group, **form.opening())
    except SentBefore as before:
        return _sent_before(request, group, form, before.post)
    except Refused as no:
        form.add_error(None, str(no.reason))
        return None
    if form.cleaned_data.get("unsigned"):
        return go("threads:talk", request, code=group.code, note=UNSIGNED_SENT)
    return go("threads:thread", request, code=group.code, thread=opened.number)


@require_http_methods(GET_POST)
@writing
def reply(request: Request, group: "Group", thread: int) -> HttpResponse:
    """Answer in a conversation, quoting a post of it if one likes."""
    quote = number_in(request, "quote") or Carried().clean(request.POST.get("quotes"))
    seen = queries.answering(group, thread, viewer=request.viewer, quote=quote)
    demand(rules.may_answer(seen.voice, seen.thread))
    more = "more" in request.POST or is_resumed(request)
    if sent(request) is None:
        form = composer_for(seen, quotes=quote)
    else:
        form = _form_for(seen, sent(request), request.FILES or None)
        done = None if more else _replied(request, group, seen, form)
        if done is not None:
            return done
        if more:
            form = _form_for(seen, initial=given(form.draft()))
        else:
            keep_picture(request, group, form, seen.draft, seen.thread)
    status = status_of(form)
    shown = {"group": group, "seen": seen, "form": form, "opened": more}
    return page(request, "threads/reply.html", status=status, **shown)


def _form_for(seen: Conversation, *data: Any, **more: Any) -> ReplyForm:
    more["kept"] = picture_beside(seen.draft, data[0] if data else None)
    return ReplyForm(*data, talk=seen.talk, voice=seen.voice, thread=seen.thread, **more)


def _replied(
    request: Request, group: "Group", seen: Conversation, form: ReplyForm
) -> HttpResponse | None:
    """Kept or sent; None when something needs another look."""
    where: dict[str, Any] = {"code": group.code, "thread": seen.thread.number}
    kept = keeps(request, group, form, seen.thread)
    if kept is not None or not form.is_valid() or form.waits(seen.voice):
        return kept
    try:
        said = actions.post_reply(by=request.viewer, thread=seen.thread, **form.said())
    except SentBefore as before:
        return _sent_before(request, group, form, before.post)
    except Refused as no:
        form.add_error(None, str(no.reason))
        return None
    if form.cleaned_data.get("unsigned"):
        return go("threads:talk", request, code=group.code, note=UNSIGNED_SENT)
    to = f"{reverse('threads:thread', kwargs=where)}?from={said.number}#p{said.number}"
    return SeeOther(to)


def _sent_before(request: Request, group: "Group", sent_now: SayForm, post: Post) -> HttpResponse:
    """Other words were sent from this page before: these are offered in their place.

    Raises Refused where they cannot be: then the words are shown as not sent.
    """
    if not post.is_here or post.speaks == Speaks.UNSIGNED:
        raise Refused(NAMELESS_STAND if post.is_here else GONE_SINCE)
    seen = queries.post_at(group, post.thread.number, post.number, viewer=request.viewer)
    one = seen.posts[0]
    typed = given({name: sent_now.cleaned_data.get(name) for name in ("title", "words")})
    shown = {"group": group, "seen": seen, "one": one, "edition": one.post.edition}
    shown |= {"stands": one.post.words, "why": SENT_BEFORE}
    form = _changing(None, seen, one, typed)
    return page(request, "threads/edit.html", status=422, form=form, **shown)


@require_http_methods(GET_POST)
@writing
def edit(request: Request, group: "Group", thread: int, post: int) -> HttpResponse:
    """Change one's own words. What was changed in another place meanwhile is shown beside."""
    seen = queries.post_at(group, thread, post, viewer=request.viewer)
    one = seen.posts[0]
    demand(rules.may_edit(seen.voice, one.post))
    form = _changing(sent(request), seen, one)
    stands = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_post(by=request.viewer, post=one.post, **form.changes())
        except EditedMeanwhile:
            stands = one.post.words
            form.add_error("words", str(CHANGED))
        else:
            return go("threads:post", request, code=group.code, thread=thread, post=post)
    status = 422 if form.errors else 200
    edition = one.post.edition if stands else form["edition"].value()
    shown = {"group": group, "seen": seen, "one": one, "edition": edition}
    shown |= {"stands": stands, "why": MEANWHILE}
    return page(request, "threads/edit.html", status=status, form=form, **shown)


def _changing(
    data: Any, seen: Conversation, one: SeenPost, typed: dict[str, Any] | None = None
) -> EditForm:
    """The words as they stand; the first ones with what was said of the whole conversation."""
    begins = one.number == 1
    initial = {**(seen.head if begins else {}), **one.shown}
    initial |= {"words": one.post.words, "edition": one.post.edition}
    initial["alt"] = (one.picture or {}).get("alt", "")
    is_such = {"first": begins, "pictured": one.picture is not None}
    return EditForm(data, initial={**initial, **(typed or {})}, talk=seen.talk, **is_such)
