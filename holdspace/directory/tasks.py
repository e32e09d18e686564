"""What comes later: listings follow their groups and the clock; old files and questions go."""

from holdspace.directory import actions
from holdspace.directory.bringing import bring_in_upload
from holdspace.directory.models import Listing, Upload
from holdspace.kit import clock, scope
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every, later
from holdspace.organisations.queries import every_organisation

REASON = "the directory follows the clock"


def _renew(group: int) -> None:
    with scope.everywhere(REASON):
        listed = Listing.objects.filter(group_id=group).values_list("organisation_id", flat=True)
        organisation = listed.first()
    if organisation is None:
        return  # never opened: opening it will list it
    with scope.entered(organisation):
        actions.renew_own(by=SYSTEM, organisation=organisation, groups=[group])


@after("groups.changed")
def follow_group(*, group: int, organisation: int) -> None:
    """A group said something new about itself, opened, closed or ended."""
    with scope.entered(organisation):
        actions.renew_own(by=SYSTEM, organisation=organisation, groups=[group])


@after("organisations.doors_opened")
@after("organisations.doors_closed")
def follow_doors(*, organisation: int) -> None:
    """The organisation opened its groups to the public, or closed them."""
    with scope.entered(organisation):
        actions.renew_own(by=SYSTEM, organisation=organisation)


@after("meetings.planned")
@after("meetings.changed")
@after("meetings.ended")
def follow_meeting(*, group: int, **_facts: object) -> None:
    """A meeting was planned, moved, cancelled, or is over."""
    _renew(group)


@after("members.joined")
@after("members.left")
@after("members.removed")
def follow_places(*, group: int, **_facts: object) -> None:
    """A place was taken or became free: the card may say otherwise now."""
    _renew(group)


@every("10m")
def follow_clock() -> None:
    """Imported listings whose meeting has begun show their next one."""
    with scope.everywhere(REASON):
        while actions.advance(by=SYSTEM):
            pass


@every("day 02:40")
def tidy() -> None:
    """All own groups anew (doubt, staleness, doors); files and questions whose time is over go."""
    for organisation in every_organisation():
        with scope.entered(organisation.id):
            actions.renew_own(by=SYSTEM, organisation=organisation.id)
            while actions.mark_unread(by=SYSTEM, organisation=organisation.id):
                pass
    with scope.everywhere(REASON):
        actions.clear_questions(by=SYSTEM)
        for upload in Upload.objects.filter(day__lt=clock.today()):
            actions.drop_upload(by=SYSTEM, upload=upload)


@later
def bring_upload(*, upload: int, organisation: int) -> None:
    """Bring in a large file. Twice is once: what is done already is found unchanged."""
    with scope.entered(organisation):
        held = Upload.objects.select_related("organisation").filter(id=upload).first()
        if held is not None:
            bring_in_upload(held, by=SYSTEM, zone=held.organisation.zone)


@after("ledger.restored")
def forget_keyless() -> None:
    """A backup was put back: questions and files that ended since are not there again."""
    with scope.everywhere(REASON):
        actions.clear_keyless(by=SYSTEM)
