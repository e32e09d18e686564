"""The bytes of a picture, behind the same door as the words it goes with."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from holdspace.groups.queries import group_at
from holdspace.kit.asks import Request
from holdspace.kit.pictures import TYPE
from holdspace.threads import queries
from holdspace.threads.views.ground import number_in


@require_safe
def picture(request: Request, code: str, thread: int, post: int) -> HttpResponse:
    """A post's picture, small, or large with `?large=1`. For who may not see it there is none.

    Asked for by a page rather than a person: nobody is sent to sign in from here.
    """
    group, large = group_at(code, viewer=request.viewer), bool(number_in(request, "large"))
    found = queries.picture_of(group, thread, post, viewer=request.viewer, large=large)
    return HttpResponse(found, content_type=TYPE)
