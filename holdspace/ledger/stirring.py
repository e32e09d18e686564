"""Stirring: rows that name a person keep no trace of the order in which they were written.

PostgreSQL notes on every row the transaction that wrote it last, and SQLite's pages keep the order
of writing; either would pair a new account with the place it took in a group a minute later. So
whenever such a row is written, all rows of its table that were written that day are written once
more, together: on PostgreSQL they then share one transaction, on SQLite they are laid down anew in
a random order and the write-ahead log is folded away. At night all of them settle at once.
"""

import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from django.db import connection, models, transaction

from holdspace.kit import scope
from holdspace.vault.scopes import fold_wal

_touched: ContextVar[frozenset[type["Stirred"]]] = ContextVar("touched", default=frozenset())


class Stirred(models.Model):
    """A row that is stirred. `fresh` is true on the day it was written and says no more."""

    fresh = models.BooleanField(default=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and have the act under way stir the table before it commits."""
        self.fresh = True
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = [*kwargs["update_fields"], "fresh"]
        super().save(*args, **kwargs)
        _touched.set(_touched.get() | {type(self)} | self._stir_whom_it_names())

    def _stir_whom_it_names(self) -> set[type["Stirred"]]:
        """On PostgreSQL a new row marks whom it points at (the key's lock, xmax): stir them too."""
        if connection.vendor != "postgresql":
            return set()
        named = set()
        for field in self._meta.concrete_fields:
            model = field.related_model
            if isinstance(model, type) and issubclass(model, Stirred):
                with scope.everywhere("whom a row names is stirred with the others of the day"):
                    rows = model._base_manager.filter(pk=getattr(self, field.attname))
                    rows.update(fresh=True)
                named.add(model)
        return named


def kinds() -> Iterator[type[Stirred]]:
    """Every model whose rows are stirred."""
    from django.apps import apps  # noqa: PLC0415 -- models are not ready when this is imported

    for model in apps.get_models():
        if issubclass(model, Stirred):
            yield model


def stir_touched() -> None:
    """Stir every table that was written since the outermost act began, in its transaction."""
    touched = _touched.get()
    if not touched:
        return
    _touched.set(frozenset())
    for model in sorted(touched, key=lambda m: m._meta.db_table):
        _stir_postgresql(model) if connection.vendor == "postgresql" else _stir_sqlite(model)
    transaction.on_commit(fold_wal)


def _stir_postgresql(model: type[Stirred]) -> None:
    """Write all fresh rows once more; those that another transaction holds, it stirs itself.

    One by one in a random order: a single UPDATE would lay them down in the order they lay in.
    """
    with scope.everywhere("a table is stirred as a whole"):
        rows = model._base_manager.filter(fresh=True)
        mine = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(mine)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET fresh = true WHERE id = %s",  # noqa: S608 -- our own table
            [(pk,) for pk in mine],
        )


def _stir_sqlite(model: type[Stirred]) -> None:
    """Take all fresh rows out and lay them down again in a random order."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE fresh")  # noqa: S608 -- our own table
        rows = cursor.fetchall()
        holes = ", ".join(["%s"] * len(cursor.description))
        secrets.SystemRandom().shuffle(rows)
        cursor.execute(f"DELETE FROM {table} WHERE fresh")  # noqa: S608
        cursor.executemany(f"INSERT INTO {table} VALUES ({holes})", rows)  # noqa: S608


def settle_all() -> int:
    """Let the fresh rows of every table settle, each table in one transaction; returns how many.

    On PostgreSQL all rows are written, not the fresh alone: the transaction that settled a day
    would else tell the day of sign-up for ever. Then they are laid in the order of their ids.
    """
    settled = 0
    for model in kinds():
        with transaction.atomic():
            fresh = model._base_manager.filter(fresh=True)
            settled += fresh.count()
            rows = model._base_manager.all() if connection.vendor == "postgresql" else fresh
            rows.update(fresh=False)
    transaction.on_commit(fold_wal)
    transaction.on_commit(_lay_by_id)
    return settled


def _lay_by_id() -> None:
    """On PostgreSQL: lay every stirred table down anew, by its random ids."""
    if connection.vendor != "postgresql":
        return
    for model in kinds():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"CLUSTER {connection.ops.quote_name(table)} "
                f"USING {connection.ops.quote_name(table + '_pkey')}"
            )
