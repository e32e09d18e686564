"""The one address that only a demonstration has."""

from django.urls import URLPattern, path

from holdspace.demo import stepping

app_name = "demo"
urlpatterns: list[URLPattern] = [
    path("demonstration/<slug:role>/", stepping.step, name="step"),
]
