"""Asking without an account; the private link; the inbox of those who answer."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.directory import actions, pacing
from holdspace.directory.actions.asking import KEPT_DAYS
from holdspace.directory.forms import AnswerForm, QuestionForm
from holdspace.directory.queries import question_by_link, question_for, questions_for
from holdspace.directory.rules import may_ask
from holdspace.groups.queries import group_at
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Refused
from holdspace.organisations.queries import is_covered, next_cover

if TYPE_CHECKING:
    from holdspace.groups.models import Group

JAR = "asking"  # what this browser carries so that it asks at a pace people can read
TOO_MANY = 429

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def ask_group(request: Request, code: str) -> HttpResponse:
    """A question to a group's facilitators, before joining and without a name (F4)."""
    return _ask(request, group_at(code, viewer=request.viewer))


@get_or_post
def ask_person(request: Request) -> HttpResponse:
    """Ask a person which group (F12)."""
    return _ask(request, None)


def _ask(request: Request, group: "Group | None") -> HttpResponse:
    may_ask(request.viewer)
    form = QuestionForm(sent(request))
    if request.method == "POST" and _is_read(request) and form.is_valid():
        token = _send(request, group, form)
        if token:
            return go("directory:asked", request, note=_("Your question is sent."), token=token)
    return page(
        request,
        "directory/ask.html",
        status=TOO_MANY if form.non_field_errors() else 422 if form.errors else 200,
        form=form,
        group=group,
        covered=is_covered(request.organisation),
        cover_from=next_cover(request.organisation),
        days=KEPT_DAYS,
    )


def _is_read(request: Request) -> bool:
    """Whether there are hours at which somebody reads questions; else none are taken."""
    return is_covered(request.organisation) or next_cover(request.organisation) is not None


def _send(request: Request, group: "Group | None", form: QuestionForm) -> str:
    """Send it, and count it in this browser; "" with a word on the form when it has to wait."""
    carried = request.jar.get(JAR, {})
    wait = pacing.wait_of(carried)
    if wait:
        form.add_error(None, pacing.please_wait(wait))
        return ""
    words = form.cleaned_data["words"]
    try:
        _question, token = actions.ask(by=request.viewer, words=words, group=group)
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return ""
    request.jar[JAR] = pacing.one_more(carried)
    return token


@require_safe
def asked(request: Request, token: str) -> HttpResponse:
    """One's question and its answer, for whoever has the link."""
    question = question_by_link(token, viewer=request.viewer)
    return page(
        request,
        "directory/asked.html",
        question=question,
        link=request.build_absolute_uri(request.path),
        days=KEPT_DAYS,
        covered=is_covered(request.organisation),
        cover_from=next_cover(request.organisation),
    )


@require_safe
def inbox(request: Request) -> HttpResponse:
    """Questions, for those who answer them."""
    return page(request, "directory/questions.html", questions=questions_for(viewer=request.viewer))


@get_or_post
def answer_one(request: Request, code: str) -> HttpResponse:
    """One question and the box for its answer."""
    question = question_for(code, viewer=request.viewer)
    form = AnswerForm(request.POST or None, initial={"words": question.answer or ""})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        actions.answer(by=request.viewer, question=question, words=words)
        return go("directory:questions", request, note=_("Your answer can be read now."))
    return page(request, "directory/answer.html", question=question, form=form)
