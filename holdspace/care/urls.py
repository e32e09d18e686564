"""Addresses of help and of leaving. They hold a country at most, and never a question."""

from django.urls import path, register_converter

from holdspace.care import keeping, views


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
    path("work/help/", keeping.lines, name="lines"),
    path("work/help/add/", keeping.line_change, name="line_add"),
    path("work/help/<slug:code>/", keeping.line, name="line"),
    path("work/help/<slug:code>/change/", keeping.line_change, name="line_change"),
    path("work/help/<slug:code>/withdraw", keeping.line_withdraw, name="line_withdraw"),
    path("help/<country:country>/", views.help_country, name="help_country"),
]
