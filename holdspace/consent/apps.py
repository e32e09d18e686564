from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "holdspace.consent"
    label = "consent"
