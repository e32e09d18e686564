from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "holdspace.staff"
    label = "staff"
