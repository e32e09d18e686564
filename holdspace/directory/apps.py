from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "holdspace.directory"
    label = "directory"
