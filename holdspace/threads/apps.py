from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "holdspace.threads"
    label = "threads"
