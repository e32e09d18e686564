from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "holdspace.notices"
    label = "notices"
