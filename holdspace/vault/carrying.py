"""Words on their way through the sign-in page: sealed, bound to an address and to an hour.

A session that ends while somebody writes must lose nothing. What they sent is sealed under the
installation's key into a hidden field of the sign-in page; nothing is kept here nor in the
browser's storage. Who had been signed in goes along as a mark, for an hour: to anybody else who
signs in on that page the words stay closed.
"""

import base64
import datetime as dt
import hmac
import json
from dataclasses import dataclass

from holdspace.kit import clock
from holdspace.vault import ciphers, keys
from holdspace.vault.ciphers import Unopenable
from holdspace.vault.scopes import INSTALLATION

LASTS = dt.timedelta(hours=1)
PURPOSE = b"carried"
NAME = "carried"  # of the hidden field
WRITER = "writer"  # in the jar: the mark of who is signed in here, or was until a moment ago

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form sent, and the address it was sent to."""

    path: str
    fields: Fields
    writer: str = ""

    def is_of(self, account: int) -> bool:
        """Whether this account wrote it; what nobody signed in wrote is anybody's."""
        return not self.writer or hmac.compare_digest(self.writer, mark(account))

    def words(self, least: int = 30) -> list[str]:
        """What it hurts to write again."""
        return [said for many in self.fields.values() for said in many if len(said) >= least]


def mark(account: int) -> str:
    """An account as it goes along with what it wrote."""
    return hmac.digest(_key("writer"), str(account).encode(), "sha256").hex()[:24]


def seal(path: str, fields: Fields, writer: str = "") -> str:
    """The fields of a form, sealed for a hidden field, with the mark of their writer."""
    until = (clock.now() + LASTS).isoformat(timespec="seconds")
    said = {"path": path, "until": until, "fields": fields, "writer": writer}
    plain = json.dumps(said).encode()
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
    return Carried(said["path"], said["fields"], said["writer"])


def _key(purpose: str = "carried") -> bytes:
    return ciphers.derive(keys.data_key(INSTALLATION), purpose)
