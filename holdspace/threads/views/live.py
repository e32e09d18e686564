"""The door of the live line: whoever may read a conversation may hear it."""

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from holdspace.kit.asks import Request
from holdspace.kit.live import admit
from holdspace.kit.zones import reader_zone
from holdspace.threads import queries
from holdspace.threads.live import listening_to
from holdspace.threads.queries.seen import label
from holdspace.threads.views.ground import inside, number_in
from holdspace.threads.words import Note

if TYPE_CHECKING:
    from holdspace.groups.models import Group

NOTES = tuple(Note.values)


def own_ways(seen: queries.Conversation) -> dict[str, str]:
    """What an open page needs to show this reader what comes to all, as its attributes."""
    reading = seen.reading
    folds = reading.folded(NOTES, seen.talk.folded)
    ways = {
        "data-me": str(seen.voice.member.pk) if seen.voice.member is not None else "",
        "data-notes": _written([[note, label(Note, note)] for note in folds]),
        "data-words": _written(reading.words),
        "data-people": _written([str(member) for member in reading.people]),
        "data-hides": "yes" if reading.hides_unsigned else "",
        "data-yours": _("yours"),
        "data-closed": "yes" if seen.thread.is_closed else "",
    }
    return {name: said for name, said in ways.items() if said}


def _written(many: list[Any]) -> str:
    return json.dumps(many, ensure_ascii=False) if many else ""


@require_safe
@inside
def live(request: Request, group: "Group", thread: int) -> HttpResponse:
    """Let an open page of this conversation listen. Opened in a browser it is not there."""
    seen = queries.answering(group, thread, viewer=request.viewer)
    after = number_in(request, "after")
    listening = listening_to(seen.voice, seen.thread, seen=after, zone=reader_zone(request))
    return admit(request, listening)
