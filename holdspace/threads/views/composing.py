"""Pages where somebody writes: a new conversation, an answer, a change of wording."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.kit.answers import SeeOther, go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Refused, demand
from holdspace.kit.ids import new_id
from holdspace.threads import actions, queries, rules
from holdspace.threads.actions import EditedMeanwhile
from holdspace.threads.forms import EditForm, OpenForm, ReplyForm
from holdspace.threads.models import Draft
from holdspace.threads.queries import Conversation
from holdspace.threads.sending import was_sent
from holdspace.threads.views.ground import GET_POST, inside, is_sent, number_in

if TYPE_CHECKING:
    from holdspace.groups.models import Group

KEPT = _("Kept as a draft. Only you can see it.")
CHANGED = _("These words were changed in another place meanwhile. Yours are here, theirs above.")
LONG = 10  # digits of a number that can be one of ours
UNSIGNED_SENT = _("Sent. It stands there without your name.")


def living(draft: Draft | None) -> dict[str, Any]:
    """What a draft keeps; nothing once its words were sent, by whatever way."""
    return {} if draft is None or was_sent(draft) else draft.kept


def drafted(draft: Draft | None) -> dict[str, Any]:
    """What a composer begins with: the draft, if any, and a key of its own."""
    kept = living(draft)
    return {**kept, "key": kept.get("key") or new_id()}


def composer_for(seen: Conversation, *, quotes: int = 0) -> ReplyForm:
    """The composer at the end of a conversation."""
    initial = drafted(seen.draft)
    if quotes:
        initial["quotes"] = quotes
    return _form_for(seen, initial=initial)


@require_http_methods(GET_POST)
@inside
def begin(request: Request, group: "Group") -> HttpResponse:
    """Begin a conversation."""
    room = queries.room_of(group, viewer=request.viewer)
    demand(rules.may_speak(room.voice, group))
    draft = queries.draft_for_new(room, viewer=request.viewer)
    form = OpenForm(sent(request), initial=drafted(draft), talk=room.talk, voice=room.voice)
    if is_sent(request) and "keep" in request.POST:
        actions.keep_draft(by=request.viewer, group=group, **form.draft())
        return go("threads:begin", request, code=group.code, note=KEPT)
    if is_sent(request) and form.is_valid():
        try:
            return _begun(request, group, form)
        except Refused as no:
            form.add_error(None, str(no.reason))
    status = 422 if form.errors else 200
    shown = {"group": group, "room": room, "form": form, "draft": draft}
    return page(request, "threads/begin.html", status=status, **shown)


def _begun(request: Request, group: "Group", form: OpenForm) -> HttpResponse:
    opened = actions.open_thread(by=request.viewer, group=group, **form.opening())
    if form.cleaned_data.get("unsigned"):
        return go("threads:talk", request, code=group.code, note=UNSIGNED_SENT)
    return go("threads:thread", request, code=group.code, thread=opened.number)


@require_http_methods(GET_POST)
@inside
def reply(request: Request, group: "Group", thread: int) -> HttpResponse:
    """Answer in a conversation, quoting a post of it if one likes."""
    quote = number_in(request, "quote")
    seen = queries.answering(group, thread, viewer=request.viewer, quote=quote)
    demand(rules.may_answer(seen.voice, seen.thread))
    more = "more" in request.POST or request.resumed
    if request.method != "POST":
        form = composer_for(seen, quotes=quote)
    else:
        form = _form_for(seen, sent(request))
        done = None if more else _replied(request, group, seen, form)
        if done is not None:
            return done
        form = _form_for(seen, initial=form.draft()) if more else form
    status = 422 if form.errors else 200
    shown = {"group": group, "seen": seen, "form": form, "opened": more}
    return page(request, "threads/reply.html", status=status, **shown)


def _form_for(seen: Conversation, *data: Any, **more: Any) -> ReplyForm:
    return ReplyForm(*data, talk=seen.talk, voice=seen.voice, thread=seen.thread, **more)


def _replied(
    request: Request, group: "Group", seen: Conversation, form: ReplyForm
) -> HttpResponse | None:
    """Kept or sent; None when something needs another look."""
    where: dict[str, Any] = {"code": group.code, "thread": seen.thread.number}
    if "keep" in request.POST:
        actions.keep_draft(by=request.viewer, group=group, thread=seen.thread, **form.draft())
        return go("threads:reply", request, note=KEPT, **where)
    if not form.is_valid():
        return None
    try:
        said = actions.post_reply(by=request.viewer, thread=seen.thread, **form.said())
    except Refused as no:
        form.add_error(None, str(no.reason))
        return None
    if form.cleaned_data.get("unsigned"):
        return go("threads:talk", request, code=group.code, note=UNSIGNED_SENT)
    to = f"{reverse('threads:thread', kwargs=where)}?from={said.number}#p{said.number}"
    return SeeOther(to)


@require_POST
@inside
def drop_draft(request: Request, group: "Group") -> HttpResponse:
    """Let a draft go, in a conversation or of a new one."""
    number = request.POST.get("thread", "")
    row = None
    if number.isascii() and number.isdecimal() and len(number) < LONG:
        row = queries.thread_at(group, int(number), viewer=request.viewer)
    actions.drop_draft(by=request.viewer, group=group, thread=row)
    note = _("The draft is gone.")
    if row is None:
        return go("threads:begin", request, code=group.code, note=note)
    return go("threads:thread", request, code=group.code, thread=row.number, note=note)


@require_http_methods(GET_POST)
@inside
def edit(request: Request, group: "Group", thread: int, post: int) -> HttpResponse:
    """Change one's own words. What was changed in another place meanwhile is shown beside."""
    seen = queries.post_at(group, thread, post, viewer=request.viewer)
    one = seen.posts[0]
    demand(rules.may_edit(seen.voice, one.post))
    initial = {**seen.head, **one.shown, "words": one.post.words, "edition": one.post.edition}
    form = EditForm(sent(request), initial=initial, talk=seen.talk, first=one.number == 1)
    elsewhere = ""
    if is_sent(request) and form.is_valid():
        try:
            actions.edit_post(by=request.viewer, post=one.post, **form.changes())
        except EditedMeanwhile:
            elsewhere = one.post.words
            form.add_error("words", str(CHANGED))
        else:
            return go("threads:post", request, code=group.code, thread=thread, post=post)
    status = 422 if form.errors else 200
    edition = form["edition"].value() if request.resumed else one.post.edition
    shown = {"group": group, "seen": seen, "one": one, "elsewhere": elsewhere, "edition": edition}
    return page(request, "threads/edit.html", status=status, form=form, **shown)
