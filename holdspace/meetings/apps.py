from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "holdspace.meetings"
    label = "meetings"
