from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "holdspace.ledger"
    label = "ledger"
