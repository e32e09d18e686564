"""The joining dialog: one question a page, Back loses nothing."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.consent.queries import TAKING_PART, still_to_agree
from holdspace.groups.queries import current_agreement, group_at
from holdspace.kit.answers import SeeOther, go, page, sign_in_first
from holdspace.kit.asks import Request, sent
from holdspace.kit.forms import status_of
from holdspace.kit.guard import Refused
from holdspace.members import actions, drafts
from holdspace.members.ages import age_asked, band_of
from holdspace.members.entering import enter
from holdspace.members.forms.joining import (
    AgreementForm,
    HelloForm,
    HopeForm,
    NeedsForm,
    QuestionsForm,
    WordsForm,
)
from holdspace.members.forms.naming import OWN, NameForm
from holdspace.members.queries import Step, member_for, own_record, turn_draft, visit_of
from holdspace.members.rules import is_alias_free
from holdspace.members.telling import may_ask_this_week
from holdspace.members.views import ways
from holdspace.members.views.ways import after, joining
from holdspace.people.actions import ACCOUNTS, Pace, slowed
from holdspace.people.queries import keeps_a_way_back, short_code_of, ways_back_of

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member, Visit

GET_POST = ["GET", "HEAD", "POST"]
INVALID = 422
FREE_IN_A_GROUP = 8  # newcomers within half an hour, before the next come a minute apart
TOO_OFTEN = _("You have asked several groups this week. Please wait a few days.")


@require_http_methods(GET_POST)
@joining
def join(request: Request, *, group: "Group", draft: dict[str, Any], step: Step) -> HttpResponse:
    """1: What should we call you here?"""
    if request.method == "POST" and "others" in request.POST:
        drafts.offer_others(request, group)
        return go("members:join", request, code=group.code)
    form = _name_form(request, group, draft)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = {"alias": said["alias"], "seed": said["seed"], "sure": said["sure"]}
        drafts.keep(request, group, **kept, typed="")
        return go("members:join_agreement", request, code=group.code)
    before = own_record(group, viewer=request.viewer)
    parts = {"group": group, "form": form, "before": before, "step": step}
    return page(request, "members/join.html", status=status_of(form), **parts)


def _visit_here(request: Request, group: "Group") -> "Visit | None":
    """The visit to this group that this browser holds: its name may be kept, and it ends."""
    visit: Visit | None = visit_of(viewer=request.viewer)
    return visit if visit is not None and visit.group_id == group.id else None


def _name_form(request: Request, group: "Group", draft: dict[str, Any]) -> NameForm:
    mine = _visit_here(request, group)
    if not draft.get("alias"):
        if mine is not None:
            draft = drafts.keep(request, group, alias=mine.alias, seed=mine.seed)
        else:
            draft = {**draft, **turn_draft(group, viewer=request.viewer)}
    names, seeds = drafts.offers(request, group)
    chosen = draft.get("typed") or draft.get("alias", "")
    if draft.get("seed") and draft["seed"] not in seeds:
        seeds = [draft["seed"], *seeds[1:]]
    first = {"name": chosen if chosen in names else OWN, "own": chosen, "seed": draft.get("seed")}
    return NameForm(
        sent(request),
        initial=first if chosen else {"name": names[0], "seed": seeds[0]},
        viewer=request.viewer,
        group=group,
        names=names,
        seeds=seeds,
        own=mine.id if mine else 0,
        wait=ways.wait_for_name(request),
    )


@require_http_methods(GET_POST)
@joining
@after("alias")
def join_agreement(
    request: Request, *, group: "Group", draft: dict[str, Any], step: Step
) -> HttpResponse:
    """2: What we agree, and the limits of confidentiality in the same size, before the yes."""
    agreement = current_agreement(group, viewer=request.viewer)
    purpose = still_to_agree(TAKING_PART, viewer=request.viewer)
    form = AgreementForm(sent(request), age=age_asked(request, group), purpose=purpose)
    read = ways.as_read(agreement)
    said_so = ways.is_said(request, form, read) and _is_their_turn(request, group, form)
    if said_so and agreement is not None:
        said = {"agreement": agreement.number, "affirmed": band_of(group)}
        drafts.keep(request, group, **said, taking_part=TAKING_PART.version)
        answer = _further(request, group, draft, step)
        return enter(request, answer, band=band_of(group), agreed=purpose is not None)
    parts = {"group": group, "agreement": agreement, "form": form, "step": step, "read": read}
    return page(request, "members/join_agreement.html", status=status_of(form), **parts)


def _is_their_turn(request: Request, group: "Group", form: AgreementForm) -> bool:
    """Many newcomers at once come a little apart; whoever has an account already does not wait."""
    here = Pace(f"joining|{group.id}", FREE_IN_A_GROUP, dt.timedelta(minutes=1))
    return request.viewer.is_somebody or not slowed(request, form, here, ACCOUNTS)


def _further(request: Request, group: "Group", draft: dict[str, Any], step: Step) -> HttpResponse:
    """After the yes: on, or back to the name when somebody here has it. Only now is that said."""
    free = is_alias_free(group, draft["alias"], own=_own_id(request, group, draft))
    asks = "members:join_questions" if step == Step.APPLY else "members:join_hello"
    return go(asks if free else "members:join", request, code=group.code, note=free.reason)


def _own_id(request: Request, group: "Group", draft: dict[str, Any]) -> int:
    """The membership one comes back to, or the visit one comes from: its name is one's own."""
    before = own_record(group, viewer=request.viewer)
    visit = visit_of(viewer=request.viewer)
    coming_back = before is not None and not draft.get("anew")
    own: Member | Visit | None = before if coming_back else visit
    return own.id if own is not None and own.group_id == group.id else 0


@require_http_methods(GET_POST)
@joining
@after("agreement")
def join_questions(
    request: Request, *, group: "Group", draft: dict[str, Any], step: Step
) -> HttpResponse:
    """The group's own questions, where it asks some; they go to its facilitators."""
    if step != Step.APPLY:
        return go("members:join_hello", request, code=group.code)
    form = QuestionsForm(sent(request), questions=group.questions)
    answer = go("members:application", request, code=group.code)
    if request.method == "POST" and form.is_valid():
        answer = _still_somebody(request, answer, draft)
        if _applied(request, group, form, draft):
            return answer
    parts = {"group": group, "form": form, "step": step}
    asked = page(request, "members/join_questions.html", status=status_of(form), **parts)
    asked.cookies.update(answer.cookies)
    return asked


def _applied(request: Request, group: "Group", form: QuestionsForm, draft: dict[str, Any]) -> bool:
    """Send the answers; False with a word on the form, so that none of them is lost."""
    kept = {key: draft[key] for key in ("alias", "seed", "agreement", "affirmed")}
    if not may_ask_this_week(request.viewer):
        form.add_error(None, TOO_OFTEN)
        return False
    try:
        actions.apply(by=request.viewer, group=group, answers=form.answers, draft=kept)
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return False
    drafts.forget(request)
    return True


def _still_somebody(request: Request, answer: HttpResponse, draft: dict[str, Any]) -> HttpResponse:
    """Whoever stayed away so long that their unused account was cleared is somebody once more.

    What they said yes to in this browser is in the draft.
    """
    agreed = draft.get("taking_part") == TAKING_PART.version
    return enter(request, answer, band=draft["affirmed"], agreed=agreed)


def _words(
    request: Request, group: "Group", form: WordsForm, which: str, further: str
) -> HttpResponse:
    """One skippable page of words: kept as a draft, or passed over."""
    if request.method == "POST" and "skip" in request.POST:
        request.jar.pop(which)
        return go(further, request, code=group.code)
    if request.method == "POST" and form.is_valid():
        said = {k: v for k, v in form.cleaned_data.items() if k != "sure"}
        drafts.keep_words(request, which, said)
        return go(further, request, code=group.code)
    parts = {"group": group, "form": form, "which": which}
    return page(request, "members/join_words.html", status=status_of(form), **parts)


@require_http_methods(GET_POST)
@joining
@after("agreement")
def join_hello(
    request: Request, *, group: "Group", draft: dict[str, Any], step: Step
) -> HttpResponse:
    """3a: A hello, or I'd rather read for now."""
    form = HelloForm(sent(request), initial=drafts.words(request, "join_hello"))
    return _words(request, group, form, "join_hello", "members:join_needs")


@require_http_methods(GET_POST)
@joining
@after("agreement")
def join_needs(
    request: Request, *, group: "Group", draft: dict[str, Any], step: Step
) -> HttpResponse:
    """3b: What would make it easier."""
    form = NeedsForm(sent(request), initial=drafts.words(request, "join_needs"))
    return _words(request, group, form, "join_needs", "members:join_hope")


@require_http_methods(GET_POST)
@joining
@after("agreement")
def join_hope(
    request: Request, *, group: "Group", draft: dict[str, Any], step: Step
) -> HttpResponse:
    """3c: What I hope for here. With this page the place is taken."""
    form = HopeForm(sent(request), initial=drafts.words(request, "join_hope"))
    if request.method == "POST" and "skip" not in request.POST and not form.is_valid():
        parts = {"group": group, "form": form, "which": "join_hope"}
        return page(request, "members/join_words.html", status=INVALID, **parts)
    if request.method != "POST":
        return _words(request, group, form, "join_hope", "members:join_hope")
    said = "" if "skip" in request.POST else form.cleaned_data["hope"]
    drafts.keep_words(request, "join_hope", {"hope": said})
    return _take_place(request, group, draft)


def _take_place(request: Request, group: "Group", draft: dict[str, Any]) -> HttpResponse:
    """Join; when that could not be, say why on the page where something can be done about it."""
    on = go("members:join_way_back", request, code=group.code)
    answer = _still_somebody(request, on, draft)
    try:
        actions.join_group(
            by=request.viewer,
            group=group,
            alias=draft["alias"],
            seed=draft["seed"],
            agreement=draft["agreement"],
            affirmed=draft["affirmed"],
            about=_about(request),
            sure=bool(draft.get("sure")),
            invitation=drafts.invitation_for(request, group),
            visit=_visit_here(request, group),
            anew=bool(draft.get("anew")),
        )
    except Refused as refused:
        back = go("members:join", request, code=group.code, note=refused.reason)
        back.cookies.update(answer.cookies)
        return back
    drafts.forget(request)
    request.jar.pop(drafts.INVITED)
    return answer


def _about(request: Request) -> dict[str, Any]:
    hello = drafts.words(request, "join_hello")
    needs = drafts.words(request, "join_needs")
    says = hello.get("way") == "say"
    return {
        "hello": hello.get("hello", "") if says else "",
        "reads": not says,
        "needs": needs.get("needs", ""),
        "camera_off": bool(needs.get("camera_off")),
        "hope": drafts.words(request, "join_hope").get("hope", ""),
    }


@require_safe
def join_way_back(request: Request, code: str) -> HttpResponse:
    """4: Keep a way back in, or later."""
    group = group_at(code, viewer=request.viewer)
    if member_for(group, viewer=request.viewer) is None:
        return (
            sign_in_first(request)
            if not request.viewer.is_somebody
            else go("members:join", request, code=code)
        )
    if keeps_a_way_back(viewer=request.viewer):
        return SeeOther(ways.arrived(group))
    back = ways_back_of(viewer=request.viewer)
    short, on = short_code_of(viewer=request.viewer), ways.arrived(group)
    parts: dict[str, Any] = {"group": group, "ways": back, "short": short, "on": on}
    return page(request, "members/join_way_back.html", **parts)


@require_http_methods(["POST"])
@joining
def join_anew(
    request: Request, *, group: "Group", draft: dict[str, Any], step: Step
) -> HttpResponse:
    """Back after leaving: as who one was, or anew under another name."""
    before = own_record(group, viewer=request.viewer)
    anew = before is None or "anew" in request.POST
    kept: dict[str, Any] = {"anew": anew}
    if before is not None and not anew:
        kept |= {"alias": before.alias, "seed": before.seed, "sure": True}
    drafts.keep(request, group, **kept)
    further = "members:join" if anew else "members:join_agreement"
    return go(further, request, code=group.code, note=_("Welcome.") if not anew else "")
