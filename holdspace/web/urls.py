"""Addresses of pages that combine packages, and of the installation itself."""

from django.urls import URLPattern, path

from holdspace.web import about, health, home, leaving

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
    path("healthz", health.healthz, name="healthz"),
    path("leave", leaving.leave, name="leave"),
    path("leave/about/", leaving.leave_about, name="leave_about"),
]
