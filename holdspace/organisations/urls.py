"""Addresses of the organisation's own pages, for those who work here."""

from django.urls import path

from holdspace.organisations import views

app_name = "organisations"
urlpatterns = [
    path("work/organisation/", views.organisation, name="organisation"),
    path("work/organisation/cover/", views.cover, name="cover"),
    path("work/opening/", views.opening, name="opening"),
    path("work/opening/open", views.opening_open, name="opening_open"),
    path("work/opening/close/", views.opening_close, name="opening_close"),
    path("work/opening/mail/", views.opening_mail, name="opening_mail"),
    path("work/opening/mail/send", views.opening_mail_send, name="opening_mail_send"),
    path("work/opening/mail/enter", views.opening_mail_enter, name="opening_mail_enter"),
]
