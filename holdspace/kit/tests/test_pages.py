"""The pages around everything: they stand with nothing beneath them, and keep the two ways out."""

from functools import partial

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from holdspace.kit import errors, living


@pytest.fixture
def request_alone() -> HttpRequest:
    """A request no middleware has touched: no organisation, no viewer, no database."""
    request = RequestFactory().get("/anywhere/")
    request.jar = {}
    return request


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (errors.unclear, 400),
        (errors.refused, 403),
        (errors.not_here, 404),
        (errors.broken, 500),
        (errors.stale_form, 403),
        (partial(errors.unread, status=413), 413),
        (partial(errors.unread, status=408), 408),
    ],
)
def test_an_error_page_stands_without_a_database_and_keeps_help_and_leaving(
    page, status, request_alone
) -> None:
    answer = page(request_alone)
    text = answer.content.decode()
    assert answer.status_code == status
    assert '<a class="lamp" href="/help/">' in text
    assert 'href="/leave" rel="nofollow noreferrer" data-leave' in text
    assert text.index('class="lamp"') < text.index("data-leave\n")
    assert "<h1>" in text


def test_an_error_page_stands_when_asking_whose_house_it_is_fails(request_alone) -> None:
    class Fallen:
        def __bool__(self) -> bool:
            raise RuntimeError("the database is away")

    request_alone.organisation = Fallen()
    assert errors.broken(request_alone).status_code == 500
    with pytest.raises(RuntimeError):
        living.living(request_alone)


def test_the_living_page_shows_every_part_without_inline_style_or_script(request_alone) -> None:
    text = living.living(request_alone).content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
    assert text.count("<script") == 1
