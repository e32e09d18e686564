"""Someone who was asked to stay away stands under a tag, beside no Member."""

from holdspace.vault.tags import tag


def tag_of(organisation_scope: int, account: int) -> bytes:
    """The tag under which a barred account stands."""
    return tag(organisation_scope, "barred", str(account))
