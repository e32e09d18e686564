"""Pages where somebody writes: a new conversation, an answer, a change of wording."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.kit.answers import SeeOther, go, page
from holdspace.kit.asks import Request, is_resumed, sent
from holdspace.kit.guard import Refused, demand
from holdspace.kit.ids import new_id
from holdspace.threads import actions, queries, rules
from holdspace.threads.actions import EditedMeanwhile
from holdspace.threads.forms import EditForm, OpenForm, ReplyForm
from holdspace.threads.models import Draft, Thread
from holdspace.threads.queries import Conversation, Room
from holdspace.threads.sending import was_sent
from holdspace.threads.views.ground import GET_POST, inside, number_in

if TYPE_CHECKING:
    from holdspace.groups.models import Group

KEPT = _("Kept as a draft. Only you can see it.")
CHANGED = _(
    "These words were changed in another place meanwhile. What you typed is here, what stands "
    "there now is above."
)
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
        initial["seen_by"] = next((one.post.seen_by for one in seen.posts), "")
    return _form_for(seen, initial=initial)


@require_http_methods(GET_POST)
@inside
def begin(request: Request, group: "Group") -> HttpResponse:
    """Begin a conversation."""
    room = queries.room_of(group, viewer=request.viewer)
    demand(rules.may_speak(room.voice, group))
    draft = queries.draft_for_new(room, viewer=request.viewer)
    form = _opening(request, room, draft)
    if request.method == "POST" and keeps(request, group, form):
        return go("threads:begin", request, code=group.code, note=KEPT)
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, group, form)
        except Refused as no:
            form.add_error(None, str(no.reason))
    keep_picture(request, group, form)
    status = 422 if form.errors else 200
    shown = {"group": group, "room": room, "form": form, "draft": draft}
    return page(request, "threads/begin.html", status=status, **shown)


def _opening(request: Request, room: Room, draft: Draft | None) -> OpenForm:
    kept = living(draft).get("picture")
    ways: dict[str, Any] = {"talk": room.talk, "voice": room.voice, "kept": kept}
    return OpenForm(sent(request), request.FILES or None, initial=drafted(draft), **ways)


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
    more = "more" in request.POST or is_resumed(request)
    if sent(request) is None:
        form = composer_for(seen, quotes=quote)
    else:
        form = _form_for(seen, sent(request), request.FILES or None)
        done = None if more else _replied(request, group, seen, form)
        if done is not None:
            return done
        if more:
            form = _form_for(seen, initial=form.draft())
        else:
            keep_picture(request, group, form, seen.thread)
    status = 422 if form.errors else 200
    shown = {"group": group, "seen": seen, "form": form, "opened": more}
    return page(request, "threads/reply.html", status=status, **shown)


def _form_for(seen: Conversation, *data: Any, **more: Any) -> ReplyForm:
    more["kept"] = living(seen.draft).get("picture")
    return ReplyForm(*data, talk=seen.talk, voice=seen.voice, thread=seen.thread, **more)


def _replied(
    request: Request, group: "Group", seen: Conversation, form: ReplyForm
) -> HttpResponse | None:
    """Kept or sent; None when something needs another look."""
    where: dict[str, Any] = {"code": group.code, "thread": seen.thread.number}
    if keeps(request, group, form, seen.thread):
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


def keeps(request: Request, group: "Group", form: ReplyForm, thread: Thread | None = None) -> bool:
    """Whether this was to be kept as a draft, and was; not when its picture cannot be read."""
    if "keep" not in request.POST:
        return False
    form.full_clean()
    actions.keep_draft(by=request.viewer, group=group, thread=thread, **form.draft())
    strange = form.made is None and request.FILES and form.errors.get("picture")
    if strange:
        form.ask_only("picture", list(strange))
    return not strange


def keep_picture(
    request: Request, group: "Group", form: ReplyForm, thread: Thread | None = None
) -> None:
    """Something else has to be mended: a browser would not send the picture again, so keep it.

    It goes into the draft with the words. Not when they are to have no name: a draft bears one.
    """
    if not form.errors or form.made is None or form.data.get("unsigned"):
        return
    kept = actions.keep_draft(by=request.viewer, group=group, thread=thread, **form.draft())
    form.keeps(kept.kept.get("picture"))


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
    head = seen.head if one.number == 1 else {}
    initial = {**head, **one.shown, "words": one.post.words, "edition": one.post.edition}
    initial["alt"] = (one.picture or {}).get("alt", "")
    is_such = {"first": one.number == 1, "pictured": one.picture is not None}
    form = EditForm(sent(request), initial=initial, talk=seen.talk, **is_such)
    elsewhere = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_post(by=request.viewer, post=one.post, **form.changes())
        except EditedMeanwhile:
            elsewhere = one.post.words
            form.add_error("words", str(CHANGED))
        else:
            return go("threads:post", request, code=group.code, thread=thread, post=post)
    status = 422 if form.errors else 200
    edition = one.post.edition if elsewhere else form["edition"].value()
    shown = {"group": group, "seen": seen, "one": one, "elsewhere": elsewhere, "edition": edition}
    return page(request, "threads/edit.html", status=status, form=form, **shown)
