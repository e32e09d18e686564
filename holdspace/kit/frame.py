"""What stands around every page: whose house, which places, light or dark. Never fails.

The base template asks `frame(request)` once. An error page asks too, when the database may be
down; whatever cannot be known then is left out, and help and leaving stay.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from holdspace.kit.asks import saves

LOOK = "look"
THEMES = ("light", "dark")
YARNS = ("mulberry", "slate", "heather", "indigo")

Strip = Callable[[HttpRequest], Markup | str]
Link = tuple[str, str, str | Promise]  # key, address, words

_VISITOR: tuple[Link, ...] = (
    ("find", "/groups/", _("Find")),
    ("what", "/what-groups-are/", _("What groups are")),
    ("sign-in", "/sign-in/", _("Sign in")),
)
_MEMBER: tuple[Link, ...] = (
    ("today", "/today/", _("Today")),
    ("groups", "/my-groups/", _("My groups")),
    ("find", "/groups/", _("Find")),
    ("me", "/me/", _("For me")),
)
_WORK: Link = ("work", "/work/", _("Work"))
_STAFF: tuple[Link, ...] = (_WORK, ("find", "/groups/", _("Find")), ("me", "/me/", _("For me")))

_STRIPS: list[Strip] = []


@dataclass(frozen=True, slots=True)
class Frame:
    """All that base.html needs to know beside the page's own words."""

    name: str = "Holdspace"
    yarn: str = ""
    theme: str = ""
    language: str = "en"
    direction: str = "ltr"
    lean: bool = False
    inside: bool = False
    path: str = "/"
    places: tuple[Link, ...] = _VISITOR
    strips: tuple[Markup | str, ...] = field(default_factory=tuple)
    languages: tuple[tuple[str, str], ...] = ()


def above(strip: Strip) -> None:
    """Show what `strip(request)` returns above every page; an empty string shows nothing."""
    if strip not in _STRIPS:
        _STRIPS.append(strip)


def frame(request: HttpRequest | None, status: int = 200) -> Frame:
    """The frame of this request's page. On an error page (status 400 and up) nothing can raise."""
    if request is None:
        return Frame()
    if status < 400:  # noqa: PLR2004
        return _known(request)
    try:
        return _known(request)
    except Exception:  # noqa: BLE001 -- an error page must stand whatever has fallen
        return _bare(request)


def _bare(request: HttpRequest, **known: Any) -> Frame:
    look = request.COOKIES.get(LOOK, "")
    return Frame(
        theme=look if look in THEMES else "",
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
        lean=saves(request),
        path=request.get_full_path() if request.method == "GET" else "/",
        languages=tuple(settings.LANGUAGES) if len(settings.LANGUAGES) > 1 else (),
        **known,
    )


@lru_cache(maxsize=64)
def _places(works: bool, _language: str | None) -> tuple[Link, ...]:
    """The places with their words in the active language: looked up once, not on every page."""
    return tuple((key, href, str(words)) for key, href, words in (_STAFF if works else _MEMBER))


def _known(request: HttpRequest) -> Frame:
    house = getattr(request, "organisation", None)
    viewer = getattr(request, "viewer", None)
    yarn = getattr(house, "yarn", "") if house else ""
    known: dict[str, Any] = {
        "yarn": yarn if yarn in YARNS[1:] else "",
        "strips": tuple(Markup(shown) for strip in _STRIPS if (shown := strip(request))),  # noqa: S704,
    }
    if house:
        known["name"] = house.name
    if viewer and viewer.is_somebody:
        known["inside"] = True
        known["places"] = _places(viewer.staff is not None, get_language())
    return _bare(request, **known)
