"""What is kept of people as one group knows them. No row here names a Person."""

from holdspace.members.models.circle import Member, Ring
from holdspace.members.models.visits import Visit
from holdspace.members.models.ways import Application, Invitation, Waiting
from holdspace.members.models.words import Recognition, Return

__all__ = [
    "Application",
    "Invitation",
    "Member",
    "Recognition",
    "Return",
    "Ring",
    "Visit",
    "Waiting",
]
