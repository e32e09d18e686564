"""For someone I care about: how to stand beside somebody, and the groups for those who do."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from holdspace.directory.queries import cards_for_family
from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.zones import reader_zone


@require_safe
def family(request: Request) -> HttpResponse:
    """The page of family, friends and carers."""
    groups = cards_for_family(viewer=request.viewer, zone=reader_zone(request))
    return page(request, "web/family.html", groups=groups)
