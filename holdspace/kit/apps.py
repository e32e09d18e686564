from django.apps import AppConfig
from django.urls import register_converter

from holdspace.kit import converters


class KitConfig(AppConfig):
    name = "holdspace.kit"
    label = "kit"

    def ready(self) -> None:
        register_converter(converters.CodeConverter, "code")
        register_converter(converters.TokenConverter, "token")
        register_converter(converters.IdConverter, "id")
        register_converter(converters.NumberConverter, "number")
