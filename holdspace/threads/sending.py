"""A composer's key and the post it becomes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from holdspace.threads.models import Draft, Post
from holdspace.vault.sealing import Unopenable
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.threads.voices import Voice


def post_id(scope: int, staff: int | None, key: int) -> int:
    """The id of a post that is written with this composer's key, so that sent twice is one post.

    The tag is made by the writer's own key: nobody can choose an id, nor meet somebody else's.
    """
    who = f"|{staff}" if staff is not None else ""
    return int.from_bytes(tag(scope, f"threads|sent{who}", str(key))[:8]) >> 1 or 1


def post_id_of(voice: "Voice", key: int) -> int:
    """The same, for a voice."""
    return post_id(voice.scope, voice.staff.pk if voice.staff is not None else None, key)


def was_sent(draft: Draft) -> bool:
    """Whether a draft's words stand as a post already. A draft that cannot be opened counts."""
    return not unsent([draft])


def unsent(drafts: Iterable[Draft]) -> list[Draft]:
    """Those of them whose words do not stand as a post yet, found in one query.

    Of who works here it needs none. Only the draft of an unsigned post outlasts its sending, and
    they write under their name.
    """
    posts = {}
    for draft in drafts:
        try:
            key = draft.kept.get("key", 0)
            posts[draft] = post_id(draft.scope, draft.staff_id, key) if key else 0
        except Unopenable:
            continue
    asked = [pk for draft, pk in posts.items() if pk and draft.staff_id is None]
    sent = set(Post.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    return [draft for draft, pk in posts.items() if pk not in sent]
