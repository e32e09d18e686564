"""Ages as an organisation asks for them: affirmed, never proved, never a date of birth."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from holdspace.people.rules import ADULT, YOUNG

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation

TOO_YOUNG = "too-young"

Choice = tuple[str, str | Promise]


def choices_for(organisation: "Organisation") -> list[Choice]:
    """The answers offered to "Your age", as the organisation's rule has them."""
    adult, least = organisation.adult_from, organisation.minors_from
    older = (ADULT, _("%(age)d or older") % {"age": adult})
    if organisation.age_rule == "adults":
        return [older, (TOO_YOUNG, _("Younger than %(age)d") % {"age": adult})]
    between = (YOUNG, _("%(least)d to %(most)d") % {"least": least, "most": adult - 1})
    younger = (TOO_YOUNG, _("Younger than %(age)d") % {"age": least})
    if organisation.age_rule == "minors":
        return [between, younger]
    return [older, between, younger]
