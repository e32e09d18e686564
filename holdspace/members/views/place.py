"""My place in a group: the agreement again, resting, leaving, a private word."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.consent.actions import give_consent
from holdspace.consent.queries import TAKING_PART, still_to_agree
from holdspace.groups.queries import current_agreement, group_at
from holdspace.kit.answers import SeeOther, go, page, sign_in_first
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Refused, Unseen
from holdspace.members import actions, drafts, rules
from holdspace.members.actions.standing import STAY
from holdspace.members.entering import enter
from holdspace.members.forms.joining import AgreementForm
from holdspace.members.forms.leading import SomeoneForm
from holdspace.members.forms.naming import OWN, NameForm
from holdspace.members.forms.place import AboutForm, LeaveForm
from holdspace.members.models import Member
from holdspace.members.queries import member_for, members_in, own_record, visit_of
from holdspace.members.views import ways
from holdspace.members.views.ways import own_place
from holdspace.people.actions import ACCOUNTS, wait_for_turn

if TYPE_CHECKING:
    from holdspace.groups.models import Group

GET_POST = ["GET", "HEAD", "POST"]
WORDS_BACK = _(
    "What you wrote there under your name is taken back now, what has no name within some days."
)


@require_safe
@own_place
def place(request: Request, *, group: "Group", member: Member) -> HttpResponse:
    """My name here, what I said, and what I can do: rest, leave, a private word."""
    can = {
        "rename": bool(rules.may_change_alias(member)),
        "rest": bool(rules.may_rest(member)),
        "end_rest": bool(rules.may_return(member)),
    }
    return page(request, "members/place.html", group=group, member=member, can=can)


@require_http_methods(GET_POST)
def agree(request: Request, code: str) -> HttpResponse:
    """The agreement changed, or what is kept: read it, and say yes or leave."""
    group = group_at(code, viewer=request.viewer)
    member = member_for(group, viewer=request.viewer)
    agreement = current_agreement(group, viewer=request.viewer)
    if member is None or agreement is None:
        raise Unseen
    purpose = still_to_agree(TAKING_PART, viewer=request.viewer)
    changed = purpose is None or member.agreement < agreement.number
    form = AgreementForm(sent(request), age="", purpose=purpose, agree=changed)
    read = ways.as_read(agreement)
    if ways.is_said(request, form, read):
        if purpose is not None:
            give_consent(by=request.viewer, purpose=purpose.slug)
        actions.accept_agreement(by=member, number=agreement.number)
        return SeeOther(ways.inside(group))
    wrong = 422 if form.errors else 200
    parts: dict[str, Any] = {"group": group, "agreement": agreement, "form": form}
    parts |= {"changed": changed, "purpose": purpose, "read": read}
    return page(request, "members/agree.html", status=wrong, member=member, **parts)


@require_safe
def not_here(request: Request, code: str) -> HttpResponse:
    """For those without a place, or without one any more: why, kindly, and what can be done."""
    group = group_at(code, viewer=request.viewer)
    if not request.viewer.is_somebody:
        return sign_in_first(request)
    record = own_record(group, viewer=request.viewer)
    if record is None:
        raise Unseen
    if record.is_current:
        return SeeOther(ways.inside(group))
    return page(request, "members/not_here.html", group=group, member=record)


@require_POST
def words_back(request: Request, code: str) -> HttpResponse:
    """What I wrote while I was here is taken back."""
    group = group_at(code, viewer=request.viewer)
    record = own_record(group, viewer=request.viewer)
    if record is None or record.is_current:
        raise Unseen
    actions.take_words_back(by=request.viewer, member=record)
    return go("members:not_here", request, code=code, note=WORDS_BACK)


@require_POST
def farewell_read(request: Request, code: str) -> HttpResponse:
    """I have read this: the word no longer waits on Today. It can be read again here."""
    group = group_at(code, viewer=request.viewer)
    record = own_record(group, viewer=request.viewer)
    if record is None or record.standing != Member.Standing.REMOVED:
        raise Unseen
    actions.note_farewell_read(by=request.viewer, member=record)
    return SeeOther("/today/")


@require_POST
@own_place
def rest(request: Request, *, group: "Group", member: Member) -> HttpResponse:
    """Take a rest."""
    actions.rest(by=member)
    return go("members:place", request, code=group.code, note=_("Rest well. Your place stays."))


@require_POST
@own_place
def end_rest(request: Request, *, group: "Group", member: Member) -> HttpResponse:
    """Back from a rest."""
    actions.end_rest(by=member)
    return go("members:place", request, code=group.code, note=_("Good to have you back."))


@require_http_methods(GET_POST)
def leave(request: Request, code: str) -> HttpResponse:
    """Leave the group: what happens then is said before. No agreement is asked for leaving."""
    group = group_at(code, viewer=request.viewer)
    member = member_for(group, viewer=request.viewer)
    if member is None:
        raise Unseen
    form = LeaveForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.leave_group(by=member, words=form.cleaned_data["words"] or STAY)
        said = _("You have left. You can come back while there is a place.")
        return go("members:not_here", request, code=code, note=said)
    wrong = 422 if form.errors else 200
    return page(request, "members/leave.html", status=wrong, group=group, form=form)


@require_http_methods(GET_POST)
@own_place
def rename(request: Request, *, group: "Group", member: Member) -> HttpResponse:
    """Another name, once, on the first day."""
    verdict = rules.may_change_alias(member)
    if not verdict:
        raise Refused(verdict.reason)
    names, _seeds = drafts.offers(request, group)
    form = NameForm(
        sent(request),
        initial={"name": OWN, "own": member.alias, "seed": member.seed},
        viewer=request.viewer,
        group=group,
        names=names,
        seeds=[member.seed],
        own=member.id,
        wait=ways.wait_for_name(request),
    )
    if request.method == "POST" and form.is_valid() and _renamed(request, member, form):
        return go("members:place", request, code=group.code, note=_("Saved."))
    wrong = 422 if form.errors else 200
    return page(request, "members/rename.html", status=wrong, group=group, form=form)


def _renamed(request: Request, member: Member, form: NameForm) -> bool:
    """Whether the name is theirs now; else the word on the form says why not, and it stays."""
    said = {"alias": form.cleaned_data["alias"], "sure": form.cleaned_data["sure"]}
    try:
        actions.change_alias(by=request.viewer, member=member, **said)
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return False
    drafts.forget(request)
    return True


@require_http_methods(GET_POST)
@own_place
def about(request: Request, *, group: "Group", member: Member) -> HttpResponse:
    """Change my hello, needs and hopes."""
    form = AboutForm(sent(request), initial=member.said)
    if request.method == "POST" and form.is_valid():
        said = {k: v for k, v in form.cleaned_data.items() if k != "sure"}
        actions.change_about(by=member, **said, reads=not said["hello"])
        return go("members:place", request, code=group.code, note=_("Saved."))
    wrong = 422 if form.errors else 200
    return page(request, "members/about.html", status=wrong, group=group, form=form)


@require_safe
def people(request: Request, code: str) -> HttpResponse:
    """Who is in the group, by alias; for those inside."""
    group = group_at(code, viewer=request.viewer)
    if not request.viewer.is_somebody:
        return sign_in_first(request)
    mine = member_for(group, viewer=request.viewer)
    if mine is not None and not rules.has_accepted(request.viewer, group, mine):
        return go("members:agree", request, code=code)
    here = members_in(group, viewer=request.viewer)
    return page(request, "members/people.html", group=group, here=here, mine=mine)


@require_http_methods(GET_POST)
def someone(request: Request, code: str) -> HttpResponse:
    """Someone I know is here: a private word, a move without a reason."""
    group = group_at(code, viewer=request.viewer)
    mine = visit_of(viewer=request.viewer)
    visit = mine if mine is not None and mine.group_id == group.id else None
    writer = member_for(group, viewer=request.viewer) or visit
    if writer is None:
        raise Unseen
    back = "/visit/" if writer is visit else f"/g/{code}/place/"
    form = SomeoneForm(sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.tell_someone_is_here(by=request.viewer, group=group, writer=writer, **said)
        return go(back, request, note=_("Sent. Only they can read it."))
    wrong = 422 if form.errors else 200
    return page(request, "members/someone.html", status=wrong, group=group, form=form, home=back)


@require_http_methods(GET_POST)
def come_back(request: Request, code: str) -> HttpResponse:
    """Welcome back: what stays lost is said first; then a code to say to two people."""
    group = group_at(code, viewer=request.viewer)
    shown = request.jar.pop("come_back", "")
    if request.method != "POST":
        return page(request, "members/come_back.html", group=group, code=shown)
    later = "" if request.viewer.is_somebody else wait_for_turn(request, ACCOUNTS)
    if later:
        return go("members:come_back", request, code=code, note=later)
    response = enter(request, go("members:come_back", request, code=code))
    request.jar["come_back"] = actions.ask_back(by=request.viewer, group=group)
    return response
