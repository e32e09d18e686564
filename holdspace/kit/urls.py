"""Addresses of the kit itself."""

from django.urls import path

from holdspace.kit import living, look

app_name = "kit"
urlpatterns = [
    path("living/", living.living, name="living"),
    path("look/", look.choose_look, name="choose_look"),
]
