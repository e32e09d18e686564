"""Every door of the house. Each package keeps its own addresses; here they are only joined."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("holdspace.kit.urls")),
    path("", include("holdspace.people.urls")),
    path("", include("holdspace.meetings.urls")),
    path("", include("holdspace.consent.urls")),
    path("", include("holdspace.members.urls")),
    path("", include("holdspace.web.urls")),
    path("", include("holdspace.care.urls")),
    path("", include("holdspace.organisations.urls")),
    path("", include("holdspace.staff.urls")),
    path("", include("holdspace.directory.urls")),
    path("", include("holdspace.groups.urls")),
]
if "demo" in settings.PACKAGES:
    urlpatterns.append(path("", include("holdspace.demo.urls")))

handler400 = "holdspace.kit.errors.unclear"
handler403 = "holdspace.kit.errors.refused"
handler404 = "holdspace.kit.errors.not_here"
handler500 = "holdspace.kit.errors.broken"
