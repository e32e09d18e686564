"""The door of a group, for those who lead it: who asks, who visits, who waits, who is here."""

import functools
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.groups.queries import group_at
from holdspace.kit.answers import go, sign_in_first
from holdspace.kit.asks import Request, sent
from holdspace.kit.days import in_words
from holdspace.kit.guard import Unseen
from holdspace.members import actions, queries, rules
from holdspace.members.forms.leading import NoForm, RemovalForm, RoleForm, UnusedForm
from holdspace.members.models import Recognition, Visit
from holdspace.members.views.menu import door_page
from holdspace.members.views.ways import View

if TYPE_CHECKING:
    from holdspace.groups.models import Group

GET_POST = ["GET", "HEAD", "POST"]


def leading(view: View) -> View:
    """Give the view its `group`, for those who facilitate it or may vouch. Others see nothing."""

    @functools.wraps(view)
    def for_facilitator(request: Request, code: str, **kwargs: Any) -> HttpResponse:
        group = group_at(code, viewer=request.viewer)
        if not request.viewer.is_somebody:
            return sign_in_first(request)
        if not rules.may_vouch(request.viewer, group):
            raise Unseen
        return view(request, group=group, **kwargs)

    return for_facilitator


@require_safe
@leading
def lead(request: Request, *, group: "Group") -> HttpResponse:
    """What waits at the door, in one page."""
    facilitates = bool(rules.may_facilitate(request.viewer, group))
    door = queries.at_the_door(group, viewer=request.viewer) if facilitates else None
    return door_page(request, "door.html", group, door=door)


@require_safe
@leading
def applications(request: Request, *, group: "Group") -> HttpResponse:
    """Answers to the group's questions, oldest first."""
    rows = queries.applications_to(group, viewer=request.viewer)
    return door_page(request, "applications.html", group, asked=rows)


@require_http_methods(GET_POST)
@leading
def application_answer(request: Request, *, group: "Group", application: int) -> HttpResponse:
    """One application: a yes with one touch, a no in kind words."""
    row = queries.application_numbered(group, application, viewer=request.viewer)
    if request.method == "POST" and "yes" in request.POST:
        turn = actions.approve_application(by=request.viewer, application=row)
        offered = turn.standing == turn.Standing.OFFERED
        said = _("A place is kept for them.") if offered else _("They are on the waiting list.")
        return go("members:applications", request, code=group.code, note=said)
    form = NoForm(sent(request))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        actions.decline_application(by=request.viewer, application=row, words=words)
        return go("members:applications", request, code=group.code, note=_("They can read it now."))
    wrong = 422 if form.errors else 200
    parts: dict[str, Any] = {"asked": row, "form": form}
    return door_page(request, "application.html", group, status=wrong, **parts)


@require_safe
@leading
def visits(request: Request, *, group: "Group") -> HttpResponse:
    """Who asked to visit, and who is expected."""
    rows = queries.visits_to(group, viewer=request.viewer)
    return door_page(request, "visits.html", group, visits=rows)


@require_http_methods(GET_POST)
@leading
def visit_answer(request: Request, *, group: "Group", visit: int) -> HttpResponse:
    """One visit: expect them, or not this time in kind words."""
    row = queries.visit_numbered(group, visit, viewer=request.viewer)
    if request.method == "POST" and "yes" in request.POST:
        actions.confirm_visit(by=request.viewer, visit=row)
        return go("members:visits", request, code=group.code, note=_("They are expected."))
    form = NoForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.decline_visit(by=request.viewer, visit=row, words=form.cleaned_data["words"])
        return go("members:visits", request, code=group.code, note=_("They can read it now."))
    wrong = 422 if form.errors else 200
    parts: dict[str, Any] = {"asked": row, "form": form, **_yes(request, row)}
    return door_page(request, "visit.html", group, status=wrong, **parts)


def _yes(request: Request, visit: Visit) -> dict[str, Any]:
    """The evening as it stands, and why there can be no yes to who asked for it."""
    asked = visit.standing == Visit.Standing.ASKED
    verdict = rules.may_confirm_visit(request.viewer, visit)
    reason = verdict.reason if asked and not verdict else ""
    return {"date": queries.date_of(visit, viewer=request.viewer), "no_yes": reason}


@require_safe
@leading
def line(request: Request, *, group: "Group") -> HttpResponse:
    """The waiting list in order, by number and day."""
    turns = [
        (str(turn.number), in_words(turn.since), turn.get_standing_display(), str(turn.lapsed))
        for turn in queries.line_at(group, viewer=request.viewer)
    ]
    weeks = queries.usual_wait(group, viewer=request.viewer)
    return door_page(request, "line.html", group, turns=turns, weeks=weeks)


@require_safe
@leading
def members(request: Request, *, group: "Group") -> HttpResponse:
    """Everybody with a place, by alias."""
    rows = queries.members_in(group, viewer=request.viewer)
    leads = bool(rules.may_free_unused(request.viewer, group))
    return door_page(request, "members.html", group, here=rows, leads=leads)


@require_http_methods(GET_POST)
@leading
def unused(request: Request, *, group: "Group") -> HttpResponse:
    """Places that nobody has used: to look at, and to free together."""
    rows = queries.unused_places(group, viewer=request.viewer)
    form = UnusedForm(sent(request), members=rows)
    if request.method == "POST" and ("all" in request.POST or form.is_valid()):
        chosen = [row.id for row in rows] if "all" in request.POST else form.chosen
        many = actions.free_unused(by=request.viewer, group=group, members=chosen)
        said = ngettext("%(n)d place is free again.", "%(n)d places are free again.", many)
        return go("members:unused", request, code=group.code, note=said % {"n": many})
    wrong = 422 if form.errors else 200
    return door_page(request, "unused.html", group, status=wrong, form=form, here=rows)


@require_http_methods(GET_POST)
@leading
def member_role(request: Request, *, group: "Group", member: int) -> HttpResponse:
    """One member: what they said for facilitators, and their role."""
    row = queries.member_in(group, member, viewer=request.viewer)
    form = RoleForm(sent(request), initial={"role": row.role})
    if request.method == "POST" and form.is_valid():
        actions.appoint(by=request.viewer, member=row, role=form.cleaned_data["role"])
        return go("members:lead_members", request, code=group.code, note=_("Saved."))
    appoints = bool(rules.may_appoint(request.viewer, group, row))
    wrong = 422 if form.errors else 200
    parts: dict[str, Any] = {"one": row, "form": form, "appoints": appoints}
    return door_page(request, "member.html", group, status=wrong, **parts)


@require_http_methods(GET_POST)
@leading
def member_remove(request: Request, *, group: "Group", member: int) -> HttpResponse:
    """Ask a member to stay away: a reason, kind words, and whom to write to."""
    row = queries.member_in(group, member, viewer=request.viewer)
    if not rules.may_remove(request.viewer, group, row):
        raise Unseen
    form = RemovalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.remove_member(by=request.viewer, member=row, **form.cleaned_data)
        said = _("They can read your words, and no longer come in.")
        return go("members:lead_members", request, code=group.code, note=said)
    wrong = 422 if form.errors else 200
    parts: dict[str, Any] = {"one": row, "form": form}
    return door_page(request, "remove.html", group, status=wrong, **parts)


@require_safe
@leading
def invitations(request: Request, *, group: "Group") -> HttpResponse:
    """Links for one person each; a new one is shown once."""
    rows = queries.invitations_to(group, viewer=request.viewer)
    token = request.jar.pop("invite", "")
    link = request.build_absolute_uri(f"/i/{token}/") if token else ""
    return door_page(request, "invitations.html", group, open=rows, link=link)


@require_POST
@leading
def invite(request: Request, *, group: "Group") -> HttpResponse:
    """Make a link."""
    request.jar["invite"] = actions.invite(by=request.viewer, group=group)
    return go("members:invitations", request, code=group.code)


@require_POST
@leading
def invitation_withdraw(request: Request, *, group: "Group", invitation: int) -> HttpResponse:
    """Take a link back."""
    row = queries.invitation_numbered(group, invitation, viewer=request.viewer)
    actions.withdraw_invitation(by=request.viewer, invitation=row)
    return go("members:invitations", request, code=group.code, note=_("The link no longer works."))


@require_safe
@leading
def recognitions(request: Request, *, group: "Group") -> HttpResponse:
    """Private words: someone I know is here."""
    rows = queries.recognitions_in(group, viewer=request.viewer)
    wishes = dict(Recognition.Wish.choices)
    shown: dict[str, Any] = {"told": rows, "wishes": wishes}
    return door_page(request, "recognitions.html", group, **shown)


@require_POST
@leading
def recognition_settle(request: Request, *, group: "Group", recognition: int) -> HttpResponse:
    """Seen to."""
    row = queries.recognition_numbered(group, recognition, viewer=request.viewer)
    actions.settle_recognition(by=request.viewer, recognition=row)
    return go("members:recognitions", request, code=group.code, note=_("Thank you."))
