"""Words on their way: kept as a draft, by hand or by an open page; shown when a rule says no."""

import functools
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import Refused, Unseen
from holdspace.kit.ids import new_id
from holdspace.threads import actions, queries, rules
from holdspace.threads.forms import Carried, ReplyForm, typed
from holdspace.threads.models import Draft, Thread
from holdspace.threads.sending import was_sent
from holdspace.threads.views.ground import View, inside

if TYPE_CHECKING:
    from holdspace.groups.models import Group

KEPT = _("Kept as a draft. Only you can see it.")
KEPT_BARELY = _(
    "Kept as a draft. Only you can see it; it bears your name. What you send from it bears none as "
    "long as “Without my name” stays ticked."
)
BY_ITSELF = "by-itself"
DONE, NOT_DONE = 204, 409
LONG = 10  # digits of a number that can be one of ours


def living(draft: Draft | None) -> dict[str, Any]:
    """What a draft keeps; nothing once its words were sent, by whatever way."""
    return {} if draft is None or was_sent(draft) else draft.kept


def drafted(draft: Draft | None) -> dict[str, Any]:
    """What a composer begins with: the draft, if any, and a key of its own."""
    kept = given(living(draft))
    return {**kept, "key": kept.get("key") or new_id()}


def given(typed: dict[str, Any]) -> dict[str, Any]:
    """What is there of what was typed; where nothing was chosen, the form's own choice stands."""
    return {name: value for name, value in typed.items() if value}


def keeps(
    request: Request, group: "Group", form: ReplyForm, thread: Thread | None = None
) -> HttpResponse | None:
    """Kept as a draft, where this was asked; None else, and when its picture cannot be read."""
    if "keep" not in request.POST:
        return None
    if _by_itself(request):
        return _done(keeps_quietly(request, group, thread))
    form.full_clean()
    actions.keep_draft(by=request.viewer, group=group, thread=thread, **form.draft())
    strange = form.made is None and request.FILES and form.errors.get("picture")
    if strange:
        form.ask_only("picture", list(strange))
        return None
    note = KEPT_BARELY if form.data.get("unsigned") else KEPT
    if thread is None:
        return go("threads:begin", request, code=group.code, note=note)
    return go("threads:reply", request, code=group.code, thread=thread.number, note=note)


def _by_itself(request: Request) -> bool:
    return request.POST.get("keep") == BY_ITSELF


def _done(kept: bool) -> HttpResponse:
    return HttpResponse(status=DONE if kept else NOT_DONE)


def keeps_quietly(request: Request, group: "Group", thread: Thread | None) -> bool:
    """Whether what was sent is a draft now. Its picture is left as it was."""
    words = {**typed(request.POST), "alt": request.POST.get("alt", "")}
    return bool(actions.keep_by_itself(by=request.viewer, group=group, thread=thread, **words))


def is_of_another_page(draft: Draft | None, typed: Any) -> bool:
    """Whether a draft waits that was begun on another page than the one that was sent."""
    return living(draft).get("key", 0) not in {0, Carried().clean(typed.get("key"))}


def picture_beside(draft: Draft | None, typed: Any) -> dict[str, Any] | None:
    """Facts of the picture kept with the draft that a form shows, or that was sent on from one."""
    if typed is not None and is_of_another_page(draft, typed):
        return None
    found: dict[str, Any] | None = living(draft).get("picture")
    return found


def keep_picture(
    request: Request,
    group: "Group",
    form: ReplyForm,
    draft: Draft | None,
    thread: Thread | None = None,
) -> None:
    """Something else has to be mended: a browser would not send the picture again, so keep it.

    It goes into the draft with the words. Not when they are to have no name: a draft bears one.
    Nor over the draft of another page.
    """
    if not form.errors or form.made is None or form.data.get("unsigned"):
        return
    if is_of_another_page(draft, form.data):
        return
    kept = actions.keep_draft(by=request.viewer, group=group, thread=thread, **form.draft())
    form.keeps(kept.kept.get("picture"))


def words_stay(view: View) -> View:
    """Where a rule says no to what somebody wrote, their words are shown, and kept if they may be.

    A conversation may be closed, or a group agree on something new, while they write.
    """

    @functools.wraps(view)
    def staying(request: Request, group: "Group", **where: Any) -> HttpResponse:
        try:
            return view(request, group, **where)
        except Refused as no:
            if request.method != "POST" or not request.POST.get("words", "").strip():
                raise
            return _unsent(request, group, no, **where)

    return staying


def _unsent(
    request: Request, group: "Group", no: Refused, thread: int = 0, post: int = 0
) -> HttpResponse:
    kept = not post and _still_keeps(request, group, thread)
    if _by_itself(request):
        return _done(kept)
    shown = {
        "group": group,
        "reason": no.reason,
        "thread": thread,
        "kept": kept,
        "begins": not post and _may_begin(request, group),
        "sent": request.POST,
        "pictured": bool(request.FILES),
    }
    return page(request, "threads/unsent.html", status=403, **shown)


def _still_keeps(request: Request, group: "Group", number: int) -> bool:
    try:
        row = queries.thread_at(group, number, viewer=request.viewer) if number else None
        return keeps_quietly(request, group, row)
    except (Refused, Unseen):
        return False


def _may_begin(request: Request, group: "Group") -> bool:
    try:
        voice = queries.room_of(group, viewer=request.viewer).voice
    except (Refused, Unseen):
        return False
    return bool(rules.may_speak(voice, group))


def writing(view: View) -> View:
    """The way into a page where somebody writes."""
    return inside(words_stay(view))


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
