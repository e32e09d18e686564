"""Gives every request its sealed jar, and checks once whether keys were shredded."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse

from holdspace.kit.asks import Request
from holdspace.vault import keys
from holdspace.vault.jar import Jar


class SealedJar:
    """`request.jar`, written back with the answer."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.jar = Jar(dict(request.COOKIES))
        keys.begin_request()
        try:
            response = self.get_response(request)
            request.jar.write(request, response, secure=settings.SECURE)
        finally:
            keys.end_request()
        return response
