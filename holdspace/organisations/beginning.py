"""How the one-time link of an empty installation is recognised."""

from holdspace.vault.scopes import INSTALLATION
from holdspace.vault.tags import tag


def beginning_tag(token: str) -> bytes:
    """The keyed tag that is kept of a one-time token."""
    return tag(INSTALLATION, "beginning", token)
