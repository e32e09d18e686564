"""What the conversation holds on a member: words, supports, drafts, and what they keep."""

from base64 import b64encode
from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit.holdings import of_a_member, say
from holdspace.kit.pictures import TYPE
from holdspace.ledger.acts import SYSTEM
from holdspace.members.queries import keys_of
from holdspace.threads import actions
from holdspace.threads.models import Draft, Picture, Post, Reader, Support, Version
from holdspace.threads.queries.seen import opened
from holdspace.threads.unsigned import unsigned_of
from holdspace.threads.words import Audience, Kind, Need, Note, State


def _export(member: int) -> dict[str, Any]:
    """One's own words alone: nobody else's stand in it, not even quoted."""
    posts = Post.objects.filter(member_id=member, state=State.HERE).select_related("thread")
    rows = list(posts.order_by("place"))
    group, scope = keys_of(member)
    unsigned = unsigned_of(scope, group) if scope else []
    drafts = Draft.objects.filter(member_id=member).order_by("day", "id")
    given = Support.objects.filter(member_id=member).select_related("post").order_by("id")
    reader = Reader.objects.filter(member_id=member).first()
    return {
        "posts": [_post(post) for post in rows],
        "unsigned": [
            {"words": opened(post, "words"), "day": str(post.day), **_picture(post=post)}
            for post in unsigned
        ],
        "drafts": [
            {"kept": opened(draft, "kept"), "day": str(draft.day), **_picture(draft=draft)}
            for draft in drafts
        ],
        "supports": [{"kind": one.kind, "post": one.post.place} for one in given],
        "reading": opened(reader, "kept") if reader is not None else {},
    }


def _post(post: Post) -> dict[str, Any]:
    shown = opened(post, "shown") or {}
    head = opened(post.thread, "head") if post.number == 1 else None
    earlier = Version.objects.filter(post=post).order_by("number")
    return {
        "conversation": post.thread.number,
        "number": post.number,
        "title": (head or {}).get("title", ""),
        "at": shown.get("at", ""),
        "words": opened(post, "words"),
        "need": shown.get("need", ""),
        "notes": shown.get("notes", []),
        "seen_by": post.seen_by,
        "alt": shown.get("picture", {}).get("alt", ""),
        **_picture(post=post),
        "earlier": [{"words": opened(one, "words"), "day": str(one.day)} for one in earlier],
    }


def _picture(**of: Any) -> dict[str, str]:
    """The picture that goes with something, as an address that holds all of it."""
    row = Picture.objects.filter(**of).first()
    seen = (opened(row, "large") or opened(row, "small")) if row is not None else b""
    return {"image": f"data:{TYPE};base64,{b64encode(seen).decode()}"} if seen else {}


def _erase(member: int) -> list[int]:
    group, scope = keys_of(member)
    if not scope:
        return []
    actions.erase_words(by=SYSTEM, talk=group, member=member)
    return []


of_a_member("threads", export=_export, erase=_erase)
say(
    {
        "threads": _("Conversations"),
        "posts": _("What you wrote"),
        "conversation": _("Conversation"),
        "posts.number": _("Number in it"),
        "title": _("Title"),
        "posts.words": _("Words"),
        "unsigned.words": _("Words"),
        "earlier.words": _("Words"),
        "need": _("What you asked for"),
        "notes": _("What it speaks of"),
        "seen_by": _("Seen by"),
        "alt": _("What can be seen in its picture"),
        "image": _("Picture"),
        "earlier": _("How it read before"),
        "unsigned": _("What you wrote without a name"),
        "drafts": _("Begun and not sent"),
        "kept": _("What is kept"),
        "kept.words": _("Words"),
        "kept.unsigned": _("To be sent without your name"),
        "kept.quotes": _("Posts you quote"),
        "kept.alt": _("What can be seen in its picture"),
        "kept.picture": _("Size of the picture"),
        "picture.w": _("Width"),
        "picture.h": _("Height"),
        "picture.kb": _("Kilobytes"),
        "picture.large": _("Width and height when larger"),
        "kept.key": _("Mark of the form, so that it is sent once"),
        "supports": _("Your responses to others"),
        "supports.post": _("To the post at this place"),
        "post": _("Post"),
        "reading": _("How you read"),
        "reading.read": _("Read, by conversation"),
        "reading.forgotten": _("Counted as read up to conversation"),
        "reading.follow": _("Conversations you follow"),
        "reading.mute": _("Conversations you leave out"),
        "reading.fold": _("What you keep folded"),
        "reading.open": _("What you keep open"),
        "reading.words": _("Words you leave out"),
        "reading.people": _("People whose words you leave out"),
        "reading.unsigned": _("Leaves out what has no name"),
        "reading.pictures": _("Sees pictures only when asked for"),
        **{f"need={one.value}": one.label for one in Need},
        **{f"notes={one.value}": one.label for one in Note},
        **{f"fold={one.value}": one.label for one in Note},
        **{f"open={one.value}": one.label for one in Note},
        **{f"seen_by={one.value}": one.label for one in Audience},
        **{f"kind={one.value}": one.label for one in Kind},
    }
)
