"""How much a calendar says, as its owner chose it: little, unless they want more."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from holdspace.kit.speaking import language
from holdspace.meetings.telling import Telling

GROUPS, SEATS = "groups", "seats"
PLAIN, OWN, NAME = "plain", "own", "name"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which meetings, how each is called, and whether place and link stand there."""

    spans: str = GROUPS
    called: str = PLAIN
    own: str = ""
    place: bool = False
    link: bool = False
    language: str = ""

    def kept(self) -> dict[str, Any]:
        """As it is sealed, with the language of whoever chose."""
        return {**asdict(self), "language": language()}

    @property
    def spoken(self) -> str:
        """The language of whoever chose; else that of who is asking."""
        return self.language or language()

    def telling(self, house: str, *, leads: bool = False) -> Telling:
        """The same for who writes the calendar; `house` is where the pages are."""
        called = {NAME: "", OWN: self.own or _("Appointment")}
        return Telling(
            called=called.get(self.called, _("Appointment")),
            place=self.place,
            link=self.link,
            leads=leads,
            house=house,
        )


def chosen_from(kept: dict[str, Any]) -> Chosen:
    """What was sealed."""
    return Chosen(**kept)
