"""What open pages of a conversation are told: changed posts, rendered once for a circle of readers.

A circle is who may see the same words, in one language and by one clock. Readers of a circle have
no face here: what they follow, mute or fold is applied in their own page.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from holdspace.groups.queries import leading_among
from holdspace.kit import scope
from holdspace.kit.live import Listening, Said
from holdspace.kit.viewer import Viewer
from holdspace.members.queries import roles_among, visiting_among
from holdspace.threads import rules
from holdspace.threads.models import Talk, Thread
from holdspace.threads.queries.rows import first_left, thread_with_group, turns_of
from holdspace.threads.queries.seen import opened
from holdspace.threads.queries.thread import turned
from holdspace.threads.voices import LEADS_BY_ALIAS, Voice
from holdspace.vault import keys

TOPIC = "talk"
MOST = 40  # changed posts told on a line; beyond that the page is asked for anew
FACILITATORS, MEMBERS, VISITORS = "facilitators", "members", "visitors"
MEMBER, STAFF, VISIT = 1, 2, 3  # the first of `who`: what the second is the id of


@dataclass(frozen=True, slots=True)
class _Face:
    """Stands for any member of a circle: may see what they may, and is the writer of nothing."""

    role: str = "member"
    pk: int = 0
    joined_on: dt.date = dt.date.min


def listening_to(voice: Voice, thread: Thread, *, seen: int, zone: str) -> Listening:
    """What this voice is let in to, whose page shows version `seen`."""
    if voice.visit is not None:
        circle, who = VISITORS, (VISIT, int(voice.visit.pk))
    elif voice.staff is not None:
        circle, who = FACILITATORS, (STAFF, int(voice.staff.pk))
    else:
        assert voice.member is not None  # noqa: S101 -- a voice is one of the three
        circle = FACILITATORS if voice.facilitates else MEMBERS
        who = (MEMBER, int(voice.member.pk))
    kind = json.dumps([circle, translation.get_language(), zone])
    return Listening(TOPIC, int(thread.pk), kind, (*who, int(voice.group.pk)), seen)


class TalkLine:
    """The source of a group's conversations on the live line."""

    def versions(self, places: Collection[int]) -> dict[int, int]:
        """How far each conversation has turned."""
        with scope.everywhere("open pages of all organisations are told what moved"):
            return dict(turns_of(threads=list(places)))

    def staying(self, listeners: Collection[Listening]) -> set[Listening]:
        """Members still here, facilitators still leading, visits still living: asked each time."""
        with scope.everywhere("open pages of all organisations end with a membership"):
            roles = roles_among(_pairs(listeners, MEMBER))
            others = leading_among(_pairs(listeners, STAFF)) | _read_by_visitors(
                visiting_among(_pairs(listeners, VISIT))
            )
        return {one for one in listeners if _may_stay(one, roles, others)}

    def say(self, place: int, after: int, kinds: Collection[str]) -> Said:
        """The posts that changed after version `after`, as each circle may see them."""
        with _inside(place) as thread:
            told = {kind: _told(thread, after, kind) for kind in kinds}
        # Nothing to those for whom nothing turned: it would say that others were spoken to.
        return Said(thread.turn, {kind: words for kind, words in told.items() if words})


def _pairs(listeners: Collection[Listening], what: int) -> set[tuple[int, int]]:
    """The ids of one sort with the group each listens in."""
    return {(one.who[1], one.who[2]) for one in listeners if one.who[0] == what}


def _may_stay(
    one: Listening, roles: dict[tuple[int, int], str], others: set[tuple[int, int]]
) -> bool:
    """A member in the circle they came in by; anybody else as long as they are what they were."""
    what, place = one.who[0], (one.who[1], one.who[2])
    if what != MEMBER:
        return place in others
    leads = _circle_of(one.kind) == FACILITATORS
    return place in roles and (not leads or roles[place] == LEADS_BY_ALIAS)


@lru_cache(maxsize=256)
def _circle_of(kind: str) -> str:
    return str(json.loads(kind)[0])


def _read_by_visitors(visits: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Visits in groups that still let visitors read."""
    if not visits:
        return set()
    open_ = Talk.objects.filter(pk__in=[group for _visit, group in visits], visitors_read=True)
    groups = set(open_.values_list("pk", flat=True))
    return {place for place in visits if place[1] in groups}


@contextmanager
def _inside(place: int) -> Iterator[Thread]:
    """The thread, inside its organisation, with the keys checked once."""
    with scope.everywhere("a conversation is found before its organisation is known"):
        thread = thread_with_group(thread=place)[0]
    keys.begin_request()
    try:
        with scope.entered(thread.organisation_id):
            yield thread
    finally:
        keys.end_request()


def _told(thread: Thread, after: int, kind: str) -> str:
    circle, language, zone = json.loads(kind)
    group = thread.talk.group
    voice = Voice(group, Viewer(group.organisation_id), **_face(circle))
    here = reverse("threads:thread", kwargs={"code": group.code, "thread": thread.number})
    with translation.override(language):
        posts = turned(voice, thread, after, most=MOST)
        if posts is None:
            return '{"stale":true}'
        own = _of_itself(voice, thread) if thread.own_turn > after else {}
        if not posts and not own:
            return ""
        shown = {"posts": posts, "here": here, "zone": zone, "speaks": circle != VISITORS}
        said = render_to_string("threads/_told.html", shown)
    return json.dumps({"turn": thread.turn, "said": said, **own})


def _of_itself(voice: Voice, thread: Thread) -> dict[str, Any]:
    """Whether it takes answers, said in words, and with which post it begins now."""
    answers = bool(rules.may_answer(voice, thread))
    says = _("This conversation is open again.")
    if thread.is_closed:
        why = (opened(thread, "closing") or {}).get("why", "")
        says = _("This conversation was closed: %(why)s") % {"why": why}
        if voice.member is not None and not answers:
            kept = _("What you have written stays here: keep it as a draft, or copy it.")
            says = f"{says} {kept}" if says.endswith((".", "!", "?", "…")) else f"{says}. {kept}"
    first = first_left(thread=thread.pk)
    own = {"closed": thread.is_closed, "answers": answers, "says": says}
    return {**own, "first": first[0] if first else 0}


def _face(circle: str) -> dict[str, Any]:
    if circle == VISITORS:
        return {"visit": _Face()}
    return {"member": _Face(LEADS_BY_ALIAS if circle == FACILITATORS else "member")}
