from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "holdspace.ledger"
    label = "ledger"

    def ready(self) -> None:
        autodiscover_modules("tasks", "privacy")
