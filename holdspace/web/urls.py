"""Addresses of pages that combine packages, and of the installation itself."""

from django.urls import URLPattern, path

from holdspace.kit import converters  # noqa: F401 -- registers <code:code>
from holdspace.web import (
    about,
    board,
    calendars,
    circle,
    family,
    health,
    home,
    kept,
    leaving,
    today,
)

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("what-groups-are/", about.what_groups_are, name="what_groups_are"),
    path("what-groups-are/kinds/", about.kinds, name="kinds"),
    path("what-groups-are/first-questions/", about.first_questions, name="first_questions"),
    path("what-groups-are/evidence/", about.evidence, name="evidence"),
    path("what-groups-are/myths/", about.myths, name="myths"),
    path("what-groups-are/history/", about.history, name="history"),
    path("what-groups-are/referring/", about.referring, name="referring"),
    path("family/", family.family, name="family"),
    path("healthz", health.healthz, name="healthz"),
    path("leave", leaving.leave, name="leave"),
    path("leave/about/", leaving.leave_about, name="leave_about"),
    path("today/", today.today, name="today"),
    path("my-groups/", today.my_groups, name="my_groups"),
    path("me/", today.me, name="me"),
    path("me/calendar/", calendars.my_calendar_settings, name="my_calendar"),
    path("me/calendar/renew/", calendars.renew_my_calendar, name="renew_my_calendar"),
    path("me/calendar/end/", calendars.end_my_calendar, name="end_my_calendar"),
    path("calendar/<token:token>.ics", calendars.calendar, name="calendar"),
    path("g/<code:code>/", circle.circle, name="circle"),
    path("g/<code:code>/joined/", circle.joined, name="joined"),
    path("g/<code:code>/joined/seat/", circle.joined_seat, name="joined_seat"),
    path("work/", board.work, name="work"),
    path("visit/place/", circle.evening_place, name="evening_place"),
    path("what-we-keep/", kept.what_we_keep, name="what_we_keep"),
]
