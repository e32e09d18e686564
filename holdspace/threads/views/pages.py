"""Pages that show: the list, a conversation, one post, what is new."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from holdspace.kit.answers import page, sign_in_first
from holdspace.kit.asks import Request, saves
from holdspace.kit.ids import new_id
from holdspace.kit.zones import reader_zone
from holdspace.threads import actions, queries, rules
from holdspace.threads.views.drafting import living
from holdspace.threads.views.ground import inside, number_in
from holdspace.threads.views.live import own_ways

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@require_safe
@inside
def talk(request: Request, group: "Group") -> HttpResponse:
    """A group's conversations."""
    seen = queries.threads_in(group, viewer=request.viewer, before=number_in(request, "before"))
    return page(
        request,
        "threads/talk.html",
        group=group,
        seen=seen,
        speaks=bool(rules.may_speak(seen.voice, group)),
        zone=reader_zone(request),
    )


@require_safe
@inside
def thread(request: Request, group: "Group", thread: int) -> HttpResponse:
    """One conversation, from where the unread begin; what is shown counts as read."""
    start = number_in(request, "from")
    seen = queries.conversation_at(group, thread, viewer=request.viewer, start=start)
    answer = page(
        request,
        "threads/thread.html",
        group=group,
        seen=seen,
        speaks=bool(rules.may_speak(seen.voice, group)),
        answers=bool(rules.may_answer(seen.voice, seen.thread)),
        draft=living(seen.draft),
        key=new_id(),
        mine=own_ways(seen),
        asks=seen.reading.asks_for_pictures or saves(request),
        zone=reader_zone(request),
    )
    if seen.voice.visit is None and seen.last > seen.reading.read_to(seen.thread.number):
        actions.note_read(by=seen.voice, thread=seen.thread, last=seen.last)
    return answer


@require_safe
@inside
def post(request: Request, group: "Group", thread: int, post: int) -> HttpResponse:
    """One post by itself, and what can be done with it."""
    seen = queries.post_at(group, thread, post, viewer=request.viewer)
    one = seen.posts[0]
    can = _can(seen, one)
    changed = can["edit"] and one.post.edition > 1
    earlier = queries.versions_of(one.post, viewer=request.viewer) if changed else []
    return page(
        request,
        "threads/post.html",
        group=group,
        seen=seen,
        one=one,
        can=can,
        earlier=earlier,
        large=number_in(request, "large") > 0,
        zone=reader_zone(request),
    )


def _can(seen: queries.Conversation, one: queries.SeenPost) -> dict[str, bool]:
    """What this voice can do with a post."""
    voice, row = seen.voice, one.post
    return {
        "edit": bool(rules.may_edit(voice, row)),
        "take_back": bool(rules.may_take_back(voice, row)),
        "put_away": bool(rules.may_put_away(voice, row)) and not rules.is_writer(voice, row),
        "note": bool(rules.may_note(voice, row)),
        "support": bool(rules.may_support(voice, row)),
        "answer": bool(rules.may_answer(voice, seen.thread)) and one.is_here,
    }


@require_safe
def news(request: Request) -> HttpResponse:
    """What is new in my groups, without saying more than has to be said."""
    if not request.viewer.is_somebody:
        return sign_in_first(request)
    found = queries.news_for(viewer=request.viewer)
    return page(request, "threads/news.html", news=found)
