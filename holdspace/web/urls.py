"""Addresses of pages that combine packages, and of the installation itself."""

from django.urls import URLPattern, path

from holdspace.web import health, leaving

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("leave", leaving.leave, name="leave"),
    path("leave/about/", leaving.leave_about, name="leave_about"),
]
