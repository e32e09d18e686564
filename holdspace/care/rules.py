"""Who may do what about help."""

from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict
from holdspace.kit.viewer import Viewer
from holdspace.staff.rules import may_coordinate


@may
def may_keep_lines(viewer: Viewer | str) -> Verdict:
    """A coordinator phones, changes, adds and takes down the organisation's lines."""
    return may_coordinate(viewer)
