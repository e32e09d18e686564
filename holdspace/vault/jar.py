"""Sealed cookies by purpose: what a visit carries with it, readable only here."""

import base64
import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from holdspace.vault import ciphers, keys
from holdspace.vault.ciphers import Unopenable
from holdspace.vault.scopes import INSTALLATION

PREFIX = "hs_"
LARGEST = 3_500  # bytes; browsers drop cookies over 4,096 with their name


class TooMuchToCarry(ValueError):
    """A cookie of this purpose would not fit; keep it in a row of its own instead."""


class Jar:
    """The sealed cookies of one request; changes are written with the answer."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self._cookies = cookies
        self._opened: dict[str, Any] = {}
        self._changed: set[str] = set()

    def get(self, purpose: str, default: Any = None) -> Any:
        """What was kept for a purpose, or the default when nothing (or nothing ours) is there."""
        if purpose not in self._opened:
            self._opened[purpose] = _unseal(purpose, self._cookies.get(PREFIX + purpose, ""))
        value = self._opened[purpose]
        return default if value is None else value

    def __getitem__(self, purpose: str) -> Any:
        value = self.get(purpose)
        if value is None:
            raise KeyError(purpose)
        return value

    def __setitem__(self, purpose: str, value: Any) -> None:
        self._opened[purpose] = value
        self._changed.add(purpose)

    def __delitem__(self, purpose: str) -> None:
        self[purpose] = None

    def __contains__(self, purpose: str) -> bool:
        return self.get(purpose) is not None

    def pop(self, purpose: str, default: Any = None) -> Any:
        """Take something out, to be shown once."""
        value = self.get(purpose)
        if value is None:
            return default
        del self[purpose]
        return value

    def came_with(self, purpose: str) -> bool:
        """Whether the browser sent something for a purpose, whatever it is."""
        return PREFIX + purpose in self._cookies

    def clear(self) -> None:
        """Take everything out, what the browser sent and what was put in meanwhile."""
        sent = {name.removeprefix(PREFIX) for name in self._cookies if name.startswith(PREFIX)}
        for purpose in sent | self._changed:
            del self[purpose]

    def write(self, request: HttpRequest, response: HttpResponse, *, secure: bool) -> None:
        """Put what changed on the answer, as cookies that end with the browser's session."""
        for purpose in sorted(self._changed):
            name, value = PREFIX + purpose, self._opened[purpose]
            if value is None:
                if name in request.COOKIES:
                    response.delete_cookie(name, samesite="Lax")
                continue
            response.set_cookie(
                name, _seal(purpose, value), httponly=True, samesite="Lax", secure=secure
            )


def _key() -> bytes:
    return ciphers.derive(keys.data_key(INSTALLATION), "jar")


def _seal(purpose: str, value: Any) -> str:
    plain = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    sealed = base64.urlsafe_b64encode(ciphers.encrypt(_key(), plain, purpose.encode())).decode()
    if len(sealed) > LARGEST:
        raise TooMuchToCarry(purpose)
    return sealed


def _unseal(purpose: str, cookie: str) -> Any:
    if not cookie:
        return None
    try:
        sealed = base64.urlsafe_b64decode(cookie)
        return json.loads(ciphers.decrypt(_key(), sealed, purpose.encode()))
    except (Unopenable, ValueError):
        return None
