"""The joining dialog's draft: in sealed cookies, one for each kind of words, gone when done."""

from typing import TYPE_CHECKING, Any

from holdspace.kit.asks import Request
from holdspace.members.naming import LONGEST as LONGEST_NAME
from holdspace.members.queries import names_offered, weaves_offered

if TYPE_CHECKING:
    from holdspace.groups.models import Group

JOIN, INVITED = "join", "invited"
LONGEST = 400  # characters of one page's words, as its form has it
WORDS = ("join_hello", "join_needs", "join_hope")  # each near the size a cookie may have


def draft_for(request: Request, group: "Group") -> dict[str, Any]:
    """What was chosen so far for this group; empty for another."""
    kept = request.jar.get(JOIN, {})
    return dict(kept) if kept.get("group") == group.code else {}


def keep(request: Request, group: "Group", **more: Any) -> dict[str, Any]:
    """Add to the draft. A draft for another group is left behind, words and all."""
    before = draft_for(request, group)
    if not before:
        forget(request)
    request.jar[JOIN] = kept = {**before, "group": group.code, **more}
    return kept


def offers(request: Request, group: "Group") -> tuple[list[str], list[int]]:
    """Three names and six weaves, the same until somebody asks for others: Back loses nothing."""
    draft = draft_for(request, group)
    if "names" not in draft:
        names = names_offered(group, viewer=request.viewer)
        seeds = weaves_offered(group, viewer=request.viewer)
        if draft.get("seed"):
            seeds = [draft["seed"], *(s for s in seeds if s != draft["seed"])][: len(seeds)]
        draft = keep(request, group, names=names, seeds=seeds)
    return draft["names"], draft["seeds"]


def offer_others(request: Request, group: "Group") -> None:
    """Other names and weaves, please. A name of one's own that was typed stays in its box."""
    keep(
        request,
        group,
        typed=request.POST.get("own", "")[:LONGEST_NAME],
        names=names_offered(group, viewer=request.viewer),
        seeds=weaves_offered(group, viewer=request.viewer),
    )


def keep_words(request: Request, which: str, words: dict[str, Any]) -> None:
    """Keep one page's words."""
    request.jar[which] = words


def keep_typed(request: Request) -> None:
    """Keep the words of a page that was sent just when the group filled up: nothing is lost.

    They stand there again when a place is free.
    """
    for which, name in zip(WORDS, ("hello", "needs", "hope"), strict=True):
        typed = request.POST.get(name, "")[:LONGEST]
        if typed:
            way = {"way": request.POST["way"]} if "way" in request.POST else {}
            keep_words(request, which, {**words(request, which), name: typed, **way})


def words(request: Request, which: str) -> dict[str, Any]:
    """One page's words, or none."""
    return dict(request.jar.get(which, {}))


def forget(request: Request) -> None:
    """The dialog is over, or begins for another group."""
    for purpose in (JOIN, *WORDS):
        if purpose in request.jar:
            del request.jar[purpose]


def invitation_for(request: Request, group: "Group") -> str:
    """The token of an invitation to this group that this browser followed; "" without one."""
    kept = request.jar.get(INVITED, {})
    return str(kept.get("token", "")) if kept.get("group") == group.code else ""
