"""The bar above every page of the demonstration: invented, nobody is here, step into a role."""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string

from holdspace.demo.stepping import ROLES


def bar(request: HttpRequest) -> str:
    """The bar, or nothing outside the demonstration."""
    if not settings.DEMONSTRATION:
        return ""
    return render_to_string("demo/_bar.html", {"roles": ROLES})
