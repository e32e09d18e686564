"""Asking somebody to sign in before a page of theirs."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from holdspace.kit.answers import sign_in_first
from holdspace.kit.asks import Request

View = Callable[..., HttpResponse]


def somebody(view: View) -> View:
    """Only for who is signed in; anybody else is asked to."""

    @functools.wraps(view)
    def for_somebody(request: Request, **kwargs: Any) -> HttpResponse:
        if not request.viewer.is_somebody:
            return sign_in_first(request)
        return view(request, **kwargs)

    return for_somebody
