from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "holdspace.web"
    label = "web"
