"""Asking somebody to sign in before a page of theirs."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from holdspace.kit.answers import sign_in_first
from holdspace.kit.asks import Request
from holdspace.people.models import Person
from holdspace.people.queries import own_account
from holdspace.people.rules import may_keep_own_account

View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """Give the view `person=`, the Person who is signed in; ask anybody else to sign in."""

    @functools.wraps(view)
    def for_somebody(request: Request, **kwargs: Any) -> HttpResponse:
        if not may_keep_own_account(request.viewer):
            return sign_in_first(request)
        return view(request, person=person_here(request), **kwargs)

    return for_somebody


def person_here(request: Request) -> Person:
    """The Person who is signed in."""
    person: Person = own_account(viewer=request.viewer)
    return person
