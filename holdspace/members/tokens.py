"""Secrets in links and codes said aloud: only a digest or a tag of them is kept."""

import hashlib
from typing import TYPE_CHECKING

from holdspace.kit.ids import read_code
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group


def digest(token: str) -> bytes:
    """SHA-256 of a token of 256 random bits, 32 bytes: enough, since nothing can be guessed."""
    return hashlib.sha256(token.encode()).digest()


def return_tag(group: "Group", code: str) -> bytes:
    """The tag under which a code that was said aloud is kept in one group, however it was typed."""
    return tag(group.scope, "return", read_code(code))
