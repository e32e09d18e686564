"""Keys live apart from content: the vault's rows go to the key store and nothing else does."""

from typing import Any

from django.db import models

KEYS = "keys"


class KeyRouter:
    """Sends the vault's models to the database `keys`, everything else to `default`."""

    def _database(self, app_label: str) -> str:
        return KEYS if app_label == "vault" else "default"

    def db_for_read(self, model: type[models.Model], **_hints: Any) -> str:
        return self._database(model._meta.app_label)

    def db_for_write(self, model: type[models.Model], **_hints: Any) -> str:
        return self._database(model._meta.app_label)

    def allow_relation(self, one: models.Model, other: models.Model, **_hints: Any) -> bool:
        return self._database(one._meta.app_label) == self._database(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return db == self._database(app_label)
