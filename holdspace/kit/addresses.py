"""Addresses: those of a package, and how they are written in templates.

Django walks namespaces and patterns anew for every link. What it finds depends on the name and on
which values are given, not on the values: that much is remembered, never an address.
"""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import (
    Resolver404,
    ResolverMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    include,
    reverse,
)
from django.urls.resolvers import RoutePattern, get_ns_resolver
from django.utils.functional import cached_property

SAFE = "!$&'()*+,;=/~:@"  # what RFC 3986 lets stand in a path


class _Package(URLResolver):
    """Asks only those of its addresses that have as many steps as the path, and its first one.

    No value of an address has a slash in it (`kit.converters`), so that steps can be counted.
    """

    @cached_property
    def alike(self) -> dict[tuple[int, str], URLResolver]:
        """Its addresses by how many steps they have and by the first."""
        found: dict[tuple[int, str], list[URLPattern | URLResolver]] = {}
        for one in self.url_patterns:
            found.setdefault(_steps(str(one.pattern)), []).append(one)
        return {steps: self._of(some) for steps, some in found.items()}

    def _of(self, some: list[URLPattern | URLResolver]) -> URLResolver:
        names = {"app_name": self.app_name, "namespace": self.namespace}
        return URLResolver(RoutePattern(""), some, None, **names)

    def resolve(self, path: str) -> ResolverMatch:
        some = self.alike.get(_steps(path))
        if some is None:
            raise Resolver404({"path": path, "tried": []})
        return some.resolve(path)


def _steps(path: str) -> tuple[int, str]:
    first, *more = path.split("/")
    return len(more), first


def package(name: str) -> URLResolver:
    """The addresses of one package, each of which begins with a word and not with a value."""
    module, app, namespace = include(f"holdspace.{name}.urls")
    return _Package(RoutePattern(""), module, app_name=app, namespace=namespace)


@lru_cache(maxsize=2_000)
def _ways(name: str, given: frozenset[str]) -> tuple[tuple[str, re.Pattern[str], Any], ...]:
    """The texts to fill in, what they must look like then, and how each value is written."""
    *namespaces, view = name.split(":")
    resolver, before = get_resolver(settings.ROOT_URLCONF), ""
    for namespace in namespaces:
        extra, resolver = resolver.namespace_dict[namespace]
        before += extra
    inside = get_ns_resolver(before, resolver, ()) if namespaces else resolver
    return tuple(
        ("/" + text, re.compile(f"/{pattern}"), {key: converters[key].to_url for key in params})
        for ways, pattern, defaults, converters in inside.reverse_dict.getlist(view)
        for text, params in ways
        if given == set(params) and not defaults and set(params) <= set(converters)
    )


def address(name: str, *args: Any, **values: Any) -> str:
    """The path of a page by its name. Raises NoReverseMatch where there is none."""
    if not args:
        for text, shape, writing in _known(name, frozenset(values)):
            try:
                path = text % {key: write(values[key]) for key, write in writing.items()}
            except ValueError:
                continue
            if shape.match(path) and not path.startswith("//"):
                return quote(path, safe=SAFE)
    return reverse(name, args=args or None, kwargs=values or None)


def _known(name: str, given: frozenset[str]) -> tuple[tuple[str, re.Pattern[str], Any], ...]:
    try:
        return _ways(name, given)
    except KeyError:  # no such namespace: `reverse` says so in words
        return ()
