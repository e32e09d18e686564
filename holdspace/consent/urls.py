"""Addresses of consents, of everything held, and of leaving for good."""

from django.urls import path

from holdspace.consent.views import deciding, leaving

app_name = "consent"
urlpatterns = [
    path("me/consents/", deciding.consents, name="consents"),
    path("me/consents/<slug:purpose>/give/", deciding.consent_give, name="give"),
    path("me/consents/<slug:purpose>/withdraw/", deciding.consent_withdraw, name="withdraw"),
    path("me/everything/", deciding.everything, name="everything"),
    path("me/everything/download/", deciding.everything_download, name="download"),
    path("me/erase/", leaving.erase, name="erase"),
    path("erased/", leaving.erased, name="erased"),
    path("erased/week/", leaving.erased, {"spread": True}, name="erased_spread"),
]
