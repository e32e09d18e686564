import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from holdspace.kit.server.localhost import Localhost

answered = Localhost(lambda request: HttpResponse("here"))


@pytest.mark.parametrize(
    ("host", "path", "to"),
    [
        ("127.0.0.1:8000", "/groups/?near=x", "http://localhost:8000/groups/?near=x"),
        ("127.0.0.1", "/", "http://localhost/"),
        ("[::1]:8000", "/", "http://localhost:8000/"),
    ],
)
def test_who_comes_by_number_is_sent_on_to_the_name(host, path, to):
    answer = answered(RequestFactory().get(path, headers={"host": host}))
    assert (answer.status_code, answer["Location"]) == (307, to)


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("localhost:8000", "/"),
        ("groups.example.org", "/"),
        ("127.0.0.1:8000", "/healthz"),
        ("127.0.0.1:8000", "/static/kit/base.css"),
    ],
)
def test_everybody_else_is_left_alone(host, path):
    assert answered(RequestFactory().get(path, headers={"host": host})).content == b"here"


def test_nobody_is_sent_to_another_host():
    asked = RequestFactory().get("/", headers={"host": "127.0.0.1:8000"})
    asked.path = asked.path_info = "//elsewhere.example/"
    assert answered(asked)["Location"] == "http://localhost:8000/elsewhere.example/"
