"""Every door of the house. Each package keeps its own addresses; here they are only joined."""

from django.conf import settings

from holdspace.kit.addresses import package

urlpatterns = [
    package("web"),  # first, since most that is asked for is here
    package("kit"),
    package("people"),
    package("meetings"),
    package("threads"),
    package("consent"),
    package("members"),
    package("care"),
    package("organisations"),
    package("staff"),
    package("directory"),
    package("groups"),
]
if "demo" in settings.PACKAGES:
    urlpatterns.append(package("demo"))

handler400 = "holdspace.kit.errors.unclear"
handler403 = "holdspace.kit.errors.refused"
handler404 = "holdspace.kit.errors.not_here"
handler500 = "holdspace.kit.errors.broken"
