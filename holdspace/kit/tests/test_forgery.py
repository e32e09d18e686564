"""Forms of our own pages get through though the referrer is withheld; forged ones do not."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from holdspace.kit.forgery import OwnForms

OWN = {"origin": "null", "sec-fetch-site": "same-origin"}


def sent(headers: dict[str, str], *, token: bool = True, secure: bool = False) -> int:
    make = RequestFactory()
    asked = make.get("/", headers={"host": "localhost"})
    good = get_token(asked)
    typed = {"csrfmiddlewaretoken": good} if token else {}
    request = make.post("/", typed, headers={"host": "localhost", **headers}, secure=secure)
    request.COOKIES["csrftoken"] = asked.META["CSRF_COOKIE"]
    guard = OwnForms(lambda _request: HttpResponse())
    guard.process_request(request)

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    answer = guard.process_view(request, view, (), {})
    return answer.status_code if answer else 200


@pytest.mark.parametrize("secure", [False, True])
def test_our_own_form_without_a_referrer_gets_through(monkeypatch, secure: bool):
    assert sent(OWN, secure=secure) == 200
    assert sent({"origin": "null"}, secure=secure) == 200
    scheme = "https" if secure else "http"
    assert sent({"origin": f"{scheme}://localhost"}, secure=secure) == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "token"),
    [
        (OWN, False),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, True),
        ({"origin": "null", "sec-fetch-site": "same-site"}, True),
        ({"origin": "https://elsewhere.example"}, True),
        ({"origin": "null"}, False),
    ],
)
def test_a_forged_one_does_not(monkeypatch, headers: dict[str, str], token: bool):
    monkeypatch.setattr(
        "holdspace.kit.forgery.OwnForms._reject", lambda _s, _r, _w: HttpResponse(status=403)
    )
    assert sent(headers, token=token) == 403
