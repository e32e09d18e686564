"""The rows of pages that are opened often, as prepared questions (kit.prepared).

Each says in plain arguments who is looking: `heard` is "all" for facilitators, "group" for a
member, "visitors" for somebody visiting; `me` is the id of the member or of the work account, 0
for none. `sight` says the same as conditions; the tests hold one against the other.
"""

from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from holdspace.kit.prepared import prepared
from holdspace.threads.models import Draft, Post, Reader, Support, Talk, Thread
from holdspace.threads.words import Audience, State

ALL, GROUP, VISITORS = "all", "group", "visitors"
_SPEAKER = ("scope", "alias", "seed", "role", "standing")
_COLLEAGUE = ("scope", "shown_as")
_SHOWN = ("number", "speaks", "scope", "shown", "seen_by", "edited_on", "state", "why")
_ACTED_ON = (
    "talk", "thread", "place", "day", "edition", "first", "awaits", "organisation", "words",
    "owner",
)  # fmt: skip
_QUOTED = ("number", "speaks", "scope", "shown", "seen_by", "state")


def _named(before: str = "") -> list[str]:
    """The columns that show who a row names."""
    names = [f"{before}member__{column}" for column in _SPEAKER]
    return [f"{before}member", f"{before}staff", *names] + [
        f"{before}staff__{column}" for column in _COLLEAGUE
    ]


def _mine(relation: str, me: Any, *, works: bool, **more: Any) -> FilteredRelation:
    who = "staff" if works else "member"
    return FilteredRelation(relation, condition=Q(**{f"{relation}__{who}": me}, **more))


def _heard(heard: str, me: Any) -> Q:
    if heard == ALL:
        return Q()
    if heard == VISITORS:
        return Q(seen_by=Audience.EVERYONE.value)
    return Q(seen_by__in=[Audience.EVERYONE.value, Audience.MEMBERS.value]) | Q(member=me)


def last_of(heard: Q) -> Subquery:
    """The number of the last post of a conversation among those that are heard."""
    posts = Post.objects.filter(heard, thread=OuterRef("pk"), state=State.HERE.value)
    return Subquery(posts.order_by("-number").values("number")[:1])


@prepared("works")
def talk_and_reader(*, group: int, me: int, works: bool) -> QuerySet[Talk]:
    """How a group talks, with what this reader keeps there (`.reader`, or None).

    `.draft` is a conversation that they began and have not sent, or None.
    """
    rows: Any = Talk.objects.filter(group=group).annotate(
        reader=_mine("readers", me, works=works),
        draft=_mine("drafts", me, works=works, drafts__thread=None),
    )
    return rows.select_related("reader", "draft")  # type: ignore[no-any-return]


@prepared("works")
def thread_and_reader(*, group: int, number: int, me: int, works: bool) -> QuerySet[Thread]:
    """A conversation with its talk, and this reader's `.reader` and `.draft`, or None."""
    rows: Any = Thread.objects.filter(talk=group, number=number).annotate(
        reader=_mine("talk__readers", me, works=works), draft=_mine("drafts", me, works=works)
    )
    return rows.select_related("talk", "reader", "draft")  # type: ignore[no-any-return]


@prepared("heard", "whole")
def posts_between(
    *, thread: int, first: int, last: int, heard: str, me: int, whole: bool
) -> QuerySet[Post]:
    """Posts of a conversation by number, with who speaks and what is quoted.

    `whole` brings what pages do not show, to act on a post: the source of its words, whose it is.
    """
    rows: Any = Post.objects.filter(_heard(heard, me), thread=thread)
    rows = rows.filter(number__gte=first, number__lte=last)
    rows = rows.select_related("member", "staff", "quotes__member", "quotes__staff")
    quoted = [f"quotes__{column}" for column in _QUOTED]
    more = _ACTED_ON if whole else ()
    rows = rows.only(*_SHOWN, *more, *_named(), "quotes", *quoted, *_named("quotes__"))
    return rows.order_by("number")  # type: ignore[no-any-return]


@prepared("heard", "many")
def posts_turned(*, thread: int, after: int, many: int, heard: str, me: int) -> QuerySet[Post]:
    """So many posts, at most, that changed after a turn, as `posts_between` brings them."""
    rows: Any = Post.objects.filter(_heard(heard, me), thread=thread, turn__gt=after)
    rows = rows.select_related("member", "staff", "quotes__member", "quotes__staff")
    quoted = [f"quotes__{column}" for column in _QUOTED]
    rows = rows.only(*_SHOWN, *_named(), "quotes", *quoted, *_named("quotes__"))
    return rows.order_by("number")[:many]  # type: ignore[no-any-return]


@prepared()
def supports_between(*, thread: int, first: int, last: int) -> QuerySet[Support]:
    """Supports of these posts with who said them, in the order in which they were said."""
    rows: Any = Support.objects.filter(
        post__thread=thread, post__number__gte=first, post__number__lte=last
    )
    rows = rows.select_related("member", "staff").only("post", "kind", "number", *_named())
    return rows.order_by("number")  # type: ignore[no-any-return]


@prepared("heard", "works", "since", "older", "many")
def threads_of(
    *,
    group: int,
    heard: str,
    me: int,
    reader: int,
    works: bool,
    since: bool,
    day: Any,
    older: bool,
    before: int,
    many: int,
) -> QuerySet[Thread]:
    """Conversations of a group, pinned ones first, then as they moved; with who began them.

    `since` limits them to those begun from `day` on, `older` to those that moved before `before`.
    Each brings `.heard_last`, the number of the last post that is heard, and the `.draft` of who
    reads (`reader`), or None.
    """
    rows: Any = Thread.objects.filter(_heard(heard, me), talk=group)
    in_confidence = Q() if heard == ALL else Q(thread__seen_by=Audience.FACILITATORS.value)
    rows = rows.annotate(
        heard_last=last_of(in_confidence | _heard(heard, me)),
        draft=_mine("drafts", reader, works=works),
    )
    if since:
        rows = rows.filter(day__gte=day)
    if older:
        rows = rows.filter(pinned=False, moved__lt=before)
    rows = rows.defer("closing", "member__holder", "member__person", "member__about")
    rows = rows.select_related("member", "staff", "draft")
    return rows.order_by("-pinned", "-moved")[:many]  # type: ignore[no-any-return]


@prepared()
def talk_locked(*, group: int) -> QuerySet[Talk]:
    """A group's talk, locked until the act ends."""
    rows: QuerySet[Talk] = Talk.objects.select_for_update()
    return rows.filter(group=group)


@prepared()
def thread_locked(*, talk: int, thread: int) -> QuerySet[Thread]:
    """A conversation as it stands now, locked until the act ends."""
    rows: QuerySet[Thread] = Thread.objects.select_for_update(of=("self",))
    return rows.filter(talk=talk, pk=thread)


@prepared()
def post_sent(*, post: int) -> QuerySet[Post]:
    """The post that a composer's key has become already, if it was sent before."""
    rows: QuerySet[Post] = Post.objects.select_related("thread")
    return rows.filter(pk=post)


@prepared("many")
def posts_newest(*, group: int, many: int) -> QuerySet[Post]:
    """The newest posts of a group that are still here, with whose they are and no words."""
    rows: QuerySet[Post] = Post.objects.filter(talk=group, state=State.HERE.value)
    rows = rows.only("speaks", "member", "staff", "owner").order_by("-place")
    return rows[:many]


@prepared()
def first_said(*, member: int) -> QuerySet[Post, int]:
    """One post of a member, by its id: whether they have spoken yet.

    In the order of the index of a member's posts: by the organisation's, which SQLite takes
    otherwise, it would read all that was ever said to find that somebody has said nothing.
    """
    rows = Post.objects.filter(member=member).order_by("state")
    return rows.values_list("id", flat=True)[:1]


@prepared()
def awaiting_in(*, talk: int, thread: int) -> QuerySet[Post]:
    """First posts in a conversation that nobody has answered yet, locked until the act ends.

    The talk is named for its index: a conversation may have thousands of posts.
    """
    rows: QuerySet[Post] = Post.objects.select_for_update()
    return rows.filter(talk=talk, thread=thread, awaits=True)


@prepared("works")
def reader_locked(*, talk: int, me: int, works: bool) -> QuerySet[Reader]:
    """What somebody keeps as a reader in a group, locked until the act ends."""
    mine = {"staff": me} if works else {"member": me}
    rows: QuerySet[Reader] = Reader.objects.select_for_update(of=("self",))
    return rows.filter(talk=talk, **mine)


@prepared("works", "within")
def drafts_of(*, talk: int, thread: int, within: bool, me: int, works: bool) -> QuerySet[Draft]:
    """What somebody keeps as a draft in a conversation, or, not `within` one, for a new one."""
    mine = {"staff": me} if works else {"member": me}
    rows: QuerySet[Draft] = Draft.objects.filter(talk=talk, **mine)
    return rows.filter(thread=thread) if within else rows.filter(thread=None)


@prepared()
def turns_of(*, threads: list[int]) -> QuerySet[Thread, tuple[int, int]]:
    """How far each of these conversations has turned."""
    return Thread.objects.filter(pk__in=threads).values_list("pk", "turn")


@prepared()
def thread_with_group(*, thread: int) -> QuerySet[Thread]:
    """A conversation with its talk, group and organisation."""
    rows: QuerySet[Thread] = Thread.objects.select_related("talk__group__organisation")
    return rows.filter(pk=thread)


@prepared()
def first_left(*, thread: int) -> QuerySet[Post, int]:
    """The number of the oldest post of a conversation that is still there."""
    rows = Post.objects.filter(thread=thread).order_by("number")
    return rows.values_list("number", flat=True)[:1]
