"""What staff pages offer to templates."""

from typing import Any

from holdspace.staff.models import Role


def role_name(role: str) -> Any:
    """A role in words."""
    return Role.Name(role).label


def in_fours(code: str) -> str:
    """A code in groups of four, to be typed."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


GLOBALS: dict[str, object] = {}
FILTERS = {"role_name": role_name, "in_fours": in_fours}
