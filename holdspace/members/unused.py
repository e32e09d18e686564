"""Accounts that were begun in a dialog and never came to anything."""

from holdspace.groups.queries import group_ids
from holdspace.kit import scope
from holdspace.kit.viewer import Viewer
from holdspace.members.models import Application, Member, Return, Waiting
from holdspace.members.queries.mine import tags_of
from holdspace.organisations.queries import organisation_by_id
from holdspace.people.queries import holder_for


def viewer_of(account: int) -> Viewer:
    """An account of the organisation we are in, as it would look around."""
    organisation = organisation_by_id(scope.current())
    return Viewer(organisation.id, holder=holder_for(account, scope=organisation.scope))


def is_used(viewer: Viewer) -> bool:
    """Whether anything in any group is theirs: a place of any standing, a turn, an application."""
    if viewer.holder is None:
        return True
    tags = tags_of(viewer.holder, group_ids(viewer=viewer))
    kinds = (Member, Waiting, Application, Return)
    return any(kind.objects.filter(holder__in=tags).exists() for kind in kinds)
