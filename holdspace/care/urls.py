"""Addresses of help and of leaving. They hold a country at most, and never a question."""

from django.urls import path, register_converter

from holdspace.care import views


class CountryConverter:
    """Two letters, as ISO 3166 has them."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value.lower()


register_converter(CountryConverter, "country")

app_name = "care"
urlpatterns = [
    path("help/", views.help_now, name="help"),
    path("help/elsewhere/", views.help_elsewhere, name="help_elsewhere"),
    path("help/someone/", views.help_someone, name="help_someone"),
    path("help/<country:country>/", views.help_country, name="help_country"),
]
