"""A picture on its way from a form, or from a draft, to the post it goes with.

Not acts: those that speak, draft and change words ask these.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit.guard import Refused, demand
from holdspace.kit.pictures import Picture as Made
from holdspace.threads import rules
from holdspace.threads.models import Draft, Picture, Post, Talk, Thread
from holdspace.threads.voices import Voice
from holdspace.vault.sealing import Unopenable

LONGEST_ALT = 300


@dataclass(frozen=True, slots=True)
class Pictured:
    """What somebody shows: a picture made anew, or (None) the one kept with their draft."""

    alt: str
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """The same, found: what pages are told of it, and where its bytes are."""

    facts: dict[str, Any]
    made: Made | None = None
    drafted: Picture | None = None


def showing(
    voice: Voice, talk: Talk, thread: Thread | None, given: Pictured | None, *, unsigned: bool
) -> Showing | None:
    """The picture that goes with a post. Raises Refused.

    One kept with a draft names whose draft it is, hence never goes with words without a name.
    """
    if given is None:
        return None
    demand(rules.may_show_pictures(talk))
    alt = alt_of(given.alt)
    if given.made is not None:
        return Showing({**facts_of(given.made), "alt": alt}, made=given.made)
    draft = Draft.objects.filter(talk=talk, thread=thread, **voice.columns).first()
    row = Picture.objects.filter(draft=draft).first() if draft is not None else None
    if unsigned or draft is None or row is None:
        raise Refused(_("Please choose the picture again."))
    try:
        facts = draft.kept.get("picture", {})
    except Unopenable as gone:
        raise Refused(_("Please choose the picture again.")) from gone
    return Showing({**facts, "alt": alt}, drafted=row)


def alt_of(alt: str) -> str:
    """What can be seen, in words on one line. Raises Refused."""
    alt = " ".join(alt.split())
    if not alt or len(alt) > LONGEST_ALT:
        raise Refused(_("Say in a few words what can be seen, for people who cannot see it."))
    return alt


def facts_of(made: Made) -> dict[str, Any]:
    """What a page has to know before the picture comes."""
    large = [made.large_width, made.large_height] if made.large else None
    return {"w": made.width, "h": made.height, "kb": made.kilobytes, "large": large}


def hang(post: Post, shown: Showing | None) -> None:
    """The picture goes with a post that has just been written; from a draft it moves."""
    if shown is None:
        return
    if shown.made is not None:
        _seal(
            Picture(organisation_id=post.organisation_id, post=post, scope=post.scope), shown.made
        )
    elif shown.drafted is not None:
        row = shown.drafted  # its key is the writer's, as the post's: nothing is sealed anew
        row.post, row.draft = post, None
        row.save(update_fields=["post", "draft"])


def keep_with(draft: Draft, made: Made | None) -> None:
    """The picture of a draft, in the place of the one before; with None there is none."""
    Picture.objects.filter(draft=draft).delete()
    if made is not None:
        row = Picture(organisation_id=draft.organisation_id, draft=draft, scope=draft.scope)
        _seal(row, made)


def _seal(row: Picture, made: Made) -> None:
    row.small, row.large = made.small, made.large
    row.save(force_insert=True)
