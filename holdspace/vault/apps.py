from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "holdspace.vault"
    label = "vault"
