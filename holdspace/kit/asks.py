"""The request as our middleware leaves it to a view."""

from typing import TYPE_CHECKING, Any, Protocol

from django.http import HttpRequest, QueryDict

from holdspace.kit.viewer import Viewer

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation


class Jar(Protocol):
    """The sealed cookies of a visit, by purpose (vault.jar)."""

    def get(self, purpose: str, default: Any = None) -> Any: ...
    def pop(self, purpose: str, default: Any = None) -> Any: ...
    def __getitem__(self, purpose: str) -> Any: ...
    def __setitem__(self, purpose: str, value: Any) -> None: ...
    def __delitem__(self, purpose: str) -> None: ...
    def __contains__(self, purpose: str) -> bool: ...
    def came_with(self, purpose: str) -> bool: ...
    def clear(self) -> None: ...


class Request(HttpRequest):
    """A request that knows whose house it is in and who is looking."""

    jar: Jar
    organisation: "Organisation"
    viewer: Viewer
    signed_in_by: int  # the session's id, where there is one


class Kept(QueryDict):
    """What a form sent before its writer had to sign in again: shown in it, and never acted on."""


def saves(request: HttpRequest) -> bool:
    """Whether their browser asks for little. Not by `headers`, which are made of all that came."""
    return str(request.META.get("HTTP_SAVE_DATA", "")).lower() == "on"


def is_resumed(request: HttpRequest) -> bool:
    """Whether signing in has just brought a form back: show it filled, send nothing."""
    return isinstance(request.POST, Kept)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, also when it sent nothing at all; None when the page was only asked for."""
    return request.POST if request.method == "POST" or is_resumed(request) else None
