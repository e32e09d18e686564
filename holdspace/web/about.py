"""What groups are and are not, what is known, and the questions people ask first (U5, U6)."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.guard import public

PAGES = (
    ("what_groups_are", _("What groups are")),
    ("kinds", _("Kinds of groups")),
    ("first_questions", _("First questions")),
    ("evidence", _("What is known")),
    ("myths", _("Myth and fact")),
    ("history", _("Where they come from")),
    ("referring", _("If you refer someone")),
)


def _about(request: Request, name: str) -> HttpResponse:
    return page(request, f"web/about/{name}.html", pages=PAGES, here=name)


@public
@require_safe
def what_groups_are(request: Request) -> HttpResponse:
    """What a group is, and what it is not."""
    return _about(request, "what_groups_are")


@public
@require_safe
def kinds(request: Request) -> HttpResponse:
    """Who leads, for whom, and how people meet."""
    return _about(request, "kinds")


@public
@require_safe
def first_questions(request: Request) -> HttpResponse:
    """The questions people ask first, answered."""
    return _about(request, "first_questions")


@public
@require_safe
def evidence(request: Request) -> HttpResponse:
    """What studies found, and what they did not."""
    return _about(request, "evidence")


@public
@require_safe
def myths(request: Request) -> HttpResponse:
    """Myth and fact."""
    return _about(request, "myths")


@public
@require_safe
def history(request: Request) -> HttpResponse:
    """Where support groups come from."""
    return _about(request, "history")


@public
@require_safe
def referring(request: Request) -> HttpResponse:
    """For doctors, teachers and others who tell somebody of a group."""
    return _about(request, "referring")
