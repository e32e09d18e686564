"""A private word, "someone I know is here", and that it was seen to."""

import datetime as dt
from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.events import announce
from holdspace.members import rules
from holdspace.members.fresh import afresh
from holdspace.members.models import Member, Recognition, Visit

if TYPE_CHECKING:
    from holdspace.groups.models import Group

SETTLED_STAYS = dt.timedelta(days=30)


@act
def tell_someone_is_here(
    *, by: Viewer, group: "Group", writer: Member | Visit, wish: str, words: str, to: str
) -> Recognition:
    """A private word under the writer's own key. No reason is needed, not even for a move."""
    writer = afresh(writer)
    demand(rules.may_tell(by, group) & rules.is_own(by, writer))
    told = Recognition(
        organisation_id=group.organisation_id,
        group=group,
        member=writer if isinstance(writer, Member) else None,
        visit=writer if isinstance(writer, Visit) else None,
        scope=writer.scope,
        to=Recognition.To(to).value,
        since=clock.today(),
    )
    told.said = {"wish": Recognition.Wish(wish).value, "words": words}
    told.save(force_insert=True)
    announce("members.recognised", group=group.id, recognition=told.id)
    return told


@act
def settle_recognition(*, by: Viewer, recognition: Recognition) -> None:
    """Whoever it was written to has seen to it; it goes after 30 days."""
    demand(rules.may_settle(by, recognition))
    Recognition.objects.filter(id=recognition.id).update(settled_on=clock.today())


@act
def forget_recognitions(*, by: object) -> int:
    """The clock's: words that were seen to 30 days ago."""
    over = Recognition.objects.filter(settled_on__lt=clock.today() - SETTLED_STAYS)
    return over.delete()[0]
