"""What a group asks about age: affirmed once, never proved, never a date of birth."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from holdspace.kit.asks import Request
from holdspace.people.queries import age_band

if TYPE_CHECKING:
    from holdspace.groups.models import Group


def band_of(group: "Group") -> str:
    """The ages a group is for, as an account keeps them: "adult" or "young"."""
    return "young" if group.is_for_minors else "adult"


def age_asked(request: Request, group: "Group") -> str:
    """The sentence to affirm, or "" when this person has said it already."""
    if request.viewer.holder is not None and age_band(viewer=request.viewer) == band_of(group):
        return ""
    house = request.organisation
    if group.is_for_minors:
        most = house.adult_from - 1
        return _("I am %(least)d to %(most)d years old") % {
            "least": house.minors_from,
            "most": most,
        }
    return _("I am %(age)d or older") % {"age": house.adult_from}
