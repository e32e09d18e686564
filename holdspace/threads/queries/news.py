"""What is new since last time, over all of one's groups: computed, never stored."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.queries.folding import text_of
from holdspace.threads.queries.ground import Readings, talks_in, voices_of
from holdspace.threads.queries.rows import last_of
from holdspace.threads.queries.seen import opened
from holdspace.threads.sight import others_than, posts_seen, threads_seen
from holdspace.threads.voices import Voice
from holdspace.threads.words import Speaks

if TYPE_CHECKING:
    from holdspace.groups.models import Group

LOOKED_AT = 300  # conversations that moved last, over all groups
OPENED = 500  # posts of them, where the reader muted somebody or something


@dataclass(frozen=True, slots=True)
class News:
    """What moved in one group since this reader was there."""

    group: "Group"
    threads: int
    answers_me: bool  # something new in a conversation they began or follow
    first: int  # first posts that nobody else has answered, for whoever greets


@sees
def news_for(*, viewer: Viewer) -> list[News]:
    """Groups with something new, what needs the reader first; what is muted is silent.

    As many queries for one group as for ten.
    """
    look = _Look.of(viewer)
    found: dict[int, list[bool]] = {}
    for thread in look.heard(look.moved()):
        close = look.voices[thread.talk_id].is_named_by(thread)
        followed = thread.number in look.readings[thread.talk_id].followed
        found.setdefault(thread.talk_id, []).append(close or followed)
    first = _awaiting(look.voices, look.talks)
    news = [
        News(look.voices[pk].group, len(found.get(pk, [])), any(found.get(pk, [])), first[pk])
        for pk in {*found, *first}
    ]
    urgent = {one.group.pk: (not one.first, not one.answers_me) for one in news}
    return sorted(news, key=lambda one: (urgent[one.group.pk], one.group.name, one.group.pk))


def _awaiting(voices: dict[int, Voice], talks: dict[int, Talk]) -> Counter[int]:
    posts = Q(pk__in=[])
    for pk, talk in talks.items():
        if voices[pk].greets:
            posts |= posts_seen(voices[pk], talk) & others_than(voices[pk])
    rows = Post.objects.filter(posts, awaits=True).values_list("talk_id", flat=True)
    return Counter(rows[:LOOKED_AT])


@dataclass(frozen=True, slots=True)
class _Look:
    """One reader looking over all their groups."""

    voices: dict[int, Voice]
    talks: dict[int, Talk]
    readings: Readings

    @classmethod
    def of(cls, viewer: Viewer) -> "_Look":
        voices = voices_of(viewer)
        return cls(voices, *talks_in(voices, viewer))

    def moved(self) -> list[Thread]:
        """Conversations with words this reader may see and has not read, the newest first."""
        threads, posts = Q(pk__in=[]), Q(pk__in=[])
        for pk, talk in self.talks.items():
            threads |= Q(talk=pk) & threads_seen(self.voices[pk], talk)
            posts |= posts_seen(self.voices[pk], talk)
        rows: Any = Thread.objects.filter(threads).annotate(heard_last=last_of(posts))
        rows = rows.only("talk", "number", "member", "staff", "organisation")
        return [
            thread
            for thread in rows.order_by("-last_day", "-moved")[:LOOKED_AT]
            if self.readings[thread.talk_id].has_new(thread.number, thread.heard_last)
            and thread.member_id not in self.readings[thread.talk_id].people
        ]

    def heard(self, threads: list[Thread]) -> list[Thread]:
        """Those in which more is new than what this reader muted."""
        muting = [one for one in threads if self.readings[one.talk_id].silences_some]
        audible = self._audible(muting) if muting else set()
        return [one for one in threads if one not in muting or one.pk in audible]

    def _audible(self, threads: list[Thread]) -> set[int]:
        posts, by_pk = Q(pk__in=[]), {one.pk: one for one in threads}
        for pk in {one.talk_id for one in threads}:
            posts |= posts_seen(self.voices[pk], self.talks[pk])
        rows: Any = Post.objects.filter(posts, thread__in=by_pk).order_by("-day", "-pk")
        rows = rows.only("thread", "talk", "number", "member", "speaks", "scope", "shown")
        return {
            post.thread_id
            for post in rows[:OPENED]
            if post.number > self.readings[post.talk_id].read_to(by_pk[post.thread_id].number)
            and not self._is_silenced(post)
        }

    def _is_silenced(self, post: Post) -> bool:
        reading = self.readings[post.talk_id]
        text = text_of(opened(post, "shown") or {}) if reading.words else ""
        unsigned = post.speaks == Speaks.UNSIGNED
        return reading.silences(post.member_id, unsigned=unsigned, text=text)
