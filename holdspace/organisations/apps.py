from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "holdspace.organisations"
    label = "organisations"
