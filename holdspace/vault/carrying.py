"""Words on their way through the sign-in page: sealed, bound to an address and to an hour.

A session that ends while somebody writes must lose nothing. What they sent is sealed under the
installation's key into a hidden field of the sign-in page; nothing is kept here nor in the
browser's storage. Whoever signs in on that page gets the words back, hence the hour.
"""

import base64
import datetime as dt
import json
from dataclasses import dataclass

from holdspace.kit import clock
from holdspace.vault import ciphers, keys
from holdspace.vault.ciphers import Unopenable
from holdspace.vault.scopes import INSTALLATION

LASTS = dt.timedelta(hours=1)
PURPOSE = b"carried"
NAME = "carried"  # of the hidden field

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form sent, and the address it was sent to."""

    path: str
    fields: Fields

    def words(self, least: int = 30) -> list[str]:
        """What it hurts to write again."""
        return [said for many in self.fields.values() for said in many if len(said) >= least]


def seal(path: str, fields: Fields) -> str:
    """The fields of a form, sealed for a hidden field."""
    until = (clock.now() + LASTS).isoformat(timespec="seconds")
    plain = json.dumps({"path": path, "until": until, "fields": fields}).encode()
    return base64.urlsafe_b64encode(ciphers.encrypt(_key(), plain, PURPOSE)).decode()


def opened(sealed: str, path: str = "") -> Carried | None:
    """What `seal` was given; None when not ours, for another address, or older than an hour."""
    try:
        plain = ciphers.decrypt(_key(), base64.urlsafe_b64decode(sealed), PURPOSE)
        said = json.loads(plain)
    except (Unopenable, ValueError):
        return None
    if dt.datetime.fromisoformat(said["until"]) < clock.now() or (path and said["path"] != path):
        return None
    return Carried(said["path"], said["fields"])


def _key() -> bytes:
    return ciphers.derive(keys.data_key(INSTALLATION), "carried")
