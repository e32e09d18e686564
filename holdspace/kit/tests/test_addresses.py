"""Every address is found as Django would find it, though few are tried for one path."""

import re
from functools import partial

import pytest
from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver

from holdspace.kit.addresses import address

EXAMPLES = ["7f3k", "3", "GB", "gb", "t" * 43]


def packages():
    return get_resolver(settings.ROOT_URLCONF).url_patterns


def each():
    """Every package with each of its addresses, filled in."""
    for package in packages():
        for one in package.url_patterns:
            yield package, re.sub(r"<\w+:(\w+)>", partial(filled, one.pattern), str(one.pattern))


def filled(pattern, gap) -> str:
    fits = re.compile(pattern.converters[gap[1]].regex).fullmatch
    return next(text for text in EXAMPLES if fits(text))


def test_the_same_address_is_found_among_few_as_among_all() -> None:
    for package, path in each():
        ours, plain = package.resolve(path), URLResolver.resolve(package, path)
        assert repr(ours) == repr(plain), path


def test_no_value_of_an_address_has_a_slash_and_no_address_holds_others() -> None:
    for package in packages():
        for one in package.url_patterns:
            assert isinstance(one, URLPattern)
            for converter in one.pattern.converters.values():
                assert not any(re.fullmatch(converter.regex, text) for text in ("1/1", "aaaa/aaaa"))


@pytest.mark.parametrize("path", ["g", "g/", "g/7f3k", "nowhere/at/all/", "//", "g//talk/"])
def test_what_is_not_there_is_not_found(path) -> None:
    for package in packages():
        with pytest.raises(Resolver404):
            package.resolve(path)


def test_an_address_is_written_as_it_is_read() -> None:
    assert address("threads:thread", code="7f3k", thread=3) == "/g/7f3k/talk/3/"
