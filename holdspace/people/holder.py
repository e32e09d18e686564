"""Someone signed in, as the rest of the house sees them."""

from dataclasses import dataclass, field

from holdspace.vault.tags import tag, tags


@dataclass(frozen=True, slots=True)
class AccountHolder:
    """Finds its own memberships by tag (house.md, "Members") and shows nothing of itself."""

    account: int = field(repr=False)
    scope: int = field(repr=False)

    def tag(self, group: int) -> bytes:
        """The tag under which this person's membership of `group` is found."""
        return tag(self.scope, "holder", f"{self.account}|{group}")

    def tags(self, groups: list[int]) -> list[bytes]:
        """The tags for many groups at once, in their order."""
        return tags(self.scope, "holder", [f"{self.account}|{group}" for group in groups])
