"""Why what was said is folded for one reader: the same in a conversation, a search and the news."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit import prose
from holdspace.threads.models import Post
from holdspace.threads.queries.seen import label
from holdspace.threads.reading import Reading
from holdspace.threads.words import Note, Speaks


def text_of(shown: dict[str, Any]) -> str:
    """Where muted words are looked for: what can be read, without markup, and of a picture too."""
    return f"{prose.plain(shown.get('html', ''))} {shown.get('picture', {}).get('alt', '')}"


def why_folded(
    reading: Reading, by_group: Iterable[str], post: Post, shown: dict[str, Any], title: str = ""
) -> tuple[Any, ...]:
    """The reasons in words; nothing for an open post. Who wrote it sees it open: asked before.

    Where its `title` is shown with a post, muted words are looked for in that too.
    """
    why: list[Any] = [label(Note, n) for n in reading.folded(shown.get("notes", []), by_group)]
    if reading.words and reading.has_muted_word(f"{title} {text_of(shown)}"):
        why.append(_("a word you muted"))
    if post.member_id is not None and post.member_id in reading.people:
        why.append(_("somebody you muted"))
    if post.speaks == Speaks.UNSIGNED and reading.hides_unsigned:
        why.append(_("written without a name"))
    return tuple(why)
