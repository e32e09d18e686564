"""Who is looking: as much of it as the rest of the house needs, and no more."""

from dataclasses import dataclass, field
from typing import Protocol


class Holder(Protocol):
    """Someone signed in, as a capability: it can find its own memberships and nothing else.

    `account` is an opaque id that only people, consent, staff and members may resolve.
    """

    @property
    def account(self) -> int: ...

    def tag(self, group: int) -> bytes:
        """The tag under which this person's membership of `group` is found."""
        ...


@dataclass(frozen=True, slots=True)
class StaffPass:
    """A staff account at work: its open id and its roles in the whole organisation."""

    account: int
    roles: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking, in which organisation. Holder and staff exclude each other."""

    organisation: int
    holder: Holder | None = None
    staff: StaffPass | None = None
    visit: int | None = None

    @property
    def is_somebody(self) -> bool:
        """Signed in, as a person or as staff."""
        return self.holder is not None or self.staff is not None

    def has_role(self, role: str) -> bool:
        """Whether this is a staff account with `role` in the whole organisation."""
        return self.staff is not None and role in self.staff.roles
