"""Finding words in one's groups: posts are opened newest first, at most two thousand a request.

No index of sealed words exists, so nothing about what people wrote can be read from one.
"""

import datetime as dt
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from holdspace.kit import prose
from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer
from holdspace.threads.finding import Wanted, folded, wanted
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.queries.folding import why_folded
from holdspace.threads.queries.ground import Readings, talks_in, voices_of
from holdspace.threads.queries.seen import Speaker, Speakers, opened
from holdspace.threads.reading import Reading
from holdspace.threads.sight import posts_seen
from holdspace.threads.voices import Voice
from holdspace.threads.words import Speaks
from holdspace.vault.scopes import prefetch
from holdspace.vault.sealing import Unopenable

if TYPE_CHECKING:
    from holdspace.groups.models import Group

OPENED = 2_000  # posts of one request
SHOWN = 50  # posts found that one page shows


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. `notes` are left out, `before` is where to go on."""

    words: str = ""
    group: int = 0
    writer: str = ""
    since: dt.date | None = None
    notes: tuple[str, ...] = ()
    before: "tuple[dt.date, int] | None" = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A post in which the words stand, as this reader may see it.

    `title` is that of the conversation, beside the words that began it.
    """

    group: "Group"
    thread: int
    number: int
    at: dt.datetime | None
    speaker: Speaker
    unsigned: bool
    folded: tuple[Any, ...]
    title: str = ""
    before: str = ""
    word: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and from where to search further back; None at the end."""

    hits: list[Hit] = field(default_factory=list)
    opened: int = 0
    further: "tuple[dt.date, int] | None" = None


@dataclass(frozen=True, slots=True)
class _Ground:
    """Whose search it is: voices, talks, readings and what is wanted, by group."""

    voices: dict[int, Voice]
    talks: dict[int, Talk]
    readings: Readings
    wants: dict[int, Wanted]


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    day: dt.date
    talk: int
    words: str
    title: str = ""


@sees
def find(wish: Wish, *, viewer: Viewer) -> Found:
    """Posts in which all words of the wish stand, the newest first.

    A title counts as words of the post that began its conversation.
    Asks as many questions for one group as for ten.
    """
    voices = {pk: one for pk, one in voices_of(viewer).items() if wish.group in {0, pk}}
    talks, readings = talks_in(voices, viewer)
    wants = {pk: wanted(wish.words, voice.group.language) for pk, voice in voices.items()}
    if not any(wants.values()):
        return Found()
    ground = _Ground(voices, talks, readings, wants)
    rows = _rows(wish, ground)
    fits = [row for row in rows[:OPENED] if wants[row.talk].fits(f"{row.title}\n{row.words}")]
    hits = _hits(wish, fits, ground)
    return Found(
        hits=[hit for _row, hit in hits[:SHOWN]],
        opened=min(len(rows), OPENED),
        further=_further(rows, hits),
    )


def _further(rows: list[_Row], hits: list[tuple[_Row, Hit]]) -> "tuple[dt.date, int] | None":
    """Where to go on: after the last one shown, or after the last one opened."""
    if len(hits) > SHOWN:
        last = hits[SHOWN - 1][0]
    elif len(rows) > OPENED:
        last = rows[OPENED - 1]
    else:
        return None
    return last.day, last.pk


def _rows(wish: Wish, ground: _Ground) -> list[_Row]:
    """The newest posts this viewer may see, and one more than a request may open."""
    seen = Q(pk__in=[])
    for pk, talk in ground.talks.items():
        seen |= posts_seen(ground.voices[pk], talk)
    if wish.since:
        seen &= Q(day__gte=wish.since)
    if wish.before:
        day, last = wish.before
        seen &= Q(day__lt=day) | Q(day=day, pk__lt=last)
    found = Post.objects.filter(seen).order_by("-day", "-pk")
    names = ("pk", "day", "talk_id", "scope", "words", "number", "thread_id")
    rows = list(found.values_list(*names)[: OPENED + 1])
    prefetch({row[3] for row in rows})
    titles = _titles({row[6] for row in rows if row[5] == 1})
    return [
        _Row(
            pk=pk,
            day=day,
            talk=talk,
            words=_opened(Post, "words", pk, scope, said) or "",
            title=titles.get(thread, "") if number == 1 else "",
        )
        for pk, day, talk, scope, said, number, thread in rows
    ]


def _titles(threads: set[int]) -> dict[int, str]:
    """Titles of conversations by their ids; sealed under the keys of their first posts."""
    rows = Thread.objects.filter(pk__in=threads, head__isnull=False)
    return {
        pk: str((_opened(Thread, "head", pk, scope, sealed) or {}).get("title", ""))
        for pk, scope, sealed in rows.values_list("pk", "scope", "head")
    }


def _opened(model: Any, name: str, pk: int, scope: int, sealed: bytes) -> Any:
    """A sealed column without the rest of its row; None when its key is gone."""
    column: Any = model._meta.get_field(name)
    try:
        return column.open(SimpleNamespace(pk=pk, scope=scope, _meta=model._meta), sealed)
    except Unopenable:
        return None


def _hits(wish: Wish, fits: list[_Row], ground: _Ground) -> list[tuple[_Row, Hit]]:
    """Those by the right writer and without the notes left out, as pages show them."""
    rows: Any = Post.objects.filter(pk__in=[row.pk for row in fits])
    rows = rows.select_related("thread", "member", "staff")
    posts = {post.pk: post for post in rows.defer("words", "why", "owner", "writer")}
    speakers = Speakers()
    found = []
    for row in fits:
        post = posts.get(row.pk)
        shown: dict[str, Any] = (opened(post, "shown") or {}) if post is not None else {}
        if post is None or not shown or set(wish.notes) & set(shown.get("notes", [])):
            continue
        speaker = speakers.of(post)
        if not wish.writer or folded(wish.writer) in folded(speaker.name):
            found.append((row, _hit(ground, post, shown, speaker, row.title)))
    return found


def _hit(ground: _Ground, post: Post, shown: dict[str, Any], speaker: Speaker, title: str) -> Hit:
    pk, mine = post.talk_id, ground.voices[post.talk_id].is_named_by(post)
    reading, by_group = ground.readings.get(pk, Reading()), ground.talks[pk].folded
    why = () if mine else why_folded(reading, by_group, post, shown, title)
    text = prose.plain(shown.get("html", ""))
    before, word, after = ("", "", "") if why else ground.wants[pk].around(text)
    return Hit(
        group=ground.voices[pk].group,
        thread=post.thread.number,
        number=post.number,
        at=dt.datetime.fromisoformat(shown["at"]) if "at" in shown else None,
        speaker=speaker,
        unsigned=post.speaks == Speaks.UNSIGNED,
        folded=why,
        title="" if why else title,
        before=before,
        word=word,
        after=after,
    )
