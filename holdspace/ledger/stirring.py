"""Stirring: rows that name a person keep no trace of the order in which they were written.

PostgreSQL notes on every row the transaction that wrote it last, and SQLite's pages keep the order
of writing; either would pair a new account with the place it took in a group a minute later. So
whenever such a row is written, rows of its table that were written that day are written once more,
together: on PostgreSQL they then share one transaction, on SQLite they are laid down anew in a
random order and the write-ahead log is folded away. At night all of them settle at once.

However many came that day, at most MOST of them are stirred, drawn at random with the one who
acted among them: a sign-in costs the same in a large organisation as in a small one. Whoever is
drawn is drawn in all tables that name them, so that no comparing of tables narrows the MOST down;
and since chance alone decides who is drawn again later, none of them is ever likelier than another.
"""

import secrets
import time
from collections import defaultdict
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import OperationalError, connection, models, transaction

from holdspace.kit import scope
from holdspace.vault.scopes import fold_wal

MOST = 100  # of those written that day, among whom each is hidden
LARGEST = 64 * 2**20  # bytes of a table that is rewritten by day: below a second
TIMES, PAUSE = 5, 1.0  # how often a busy table is asked for, seconds apart

# Our own snapshot, too, begins with the oldest transaction that runs in any database of the server.
SEEN_BY_OTHERS = """SELECT pg_snapshot_xmin(ours) < pg_snapshot_xmax(ours) OR EXISTS (
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)) FROM pg_current_snapshot() AS ours"""

_chance = secrets.SystemRandom()


class Touched(NamedTuple):
    """Whom an act wrote about: the model and row that the rows hang on, and the organisation."""

    root: type["Stirred"]
    organisation: int
    pk: int


_touched: ContextVar[frozenset[Touched]] = ContextVar("touched", default=frozenset())


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
        root, column = _root(type(self))
        here = Touched(root, getattr(self, "organisation_id", 0), getattr(self, column))
        _touched.set(_touched.get() | {here})
        if connection.vendor == "postgresql" and root is not type(self):
            _mark(here)


def _mark(named: Touched) -> None:
    """On PostgreSQL a new row marks whom it points at (the key's lock, xmax): stir them too."""
    with scope.everywhere("whom a row names is stirred with the others of the day"):
        named.root._base_manager.filter(pk=named.pk).update(fresh=True)


def _root(model: type[Stirred]) -> tuple[type[Stirred], str]:
    """The model that rows of this one hang on (or itself), and the column that says on which."""
    for field in model._meta.concrete_fields:
        named = field.related_model
        if isinstance(named, type) and issubclass(named, Stirred):
            return named, field.attname
    return model, model._meta.pk.attname


def kinds() -> Iterator[type[Stirred]]:
    """Every model whose rows are stirred."""
    from django.apps import apps  # noqa: PLC0415 -- models are not ready when this is imported

    for model in apps.get_models():
        if issubclass(model, Stirred):
            yield model


def stir_touched() -> None:
    """Stir what was written since the outermost act began, in its transaction."""
    touched = _touched.get()
    if not touched:
        return
    _touched.set(frozenset())
    stir = _stir_postgresql if connection.vendor == "postgresql" else _stir_sqlite
    by_root: dict[type[Stirred], set[Touched]] = defaultdict(set)
    for one in touched:
        by_root[one.root].add(one)
    for root in sorted(by_root, key=lambda m: m._meta.db_table):
        with scope.everywhere("a table is stirred beyond one organisation"):
            drawn = _draw(root, by_root[root])
            for model in kinds():
                if _root(model)[0] is root:
                    stir(model, _fresh(model, by_root[root]).filter(**_among(model, drawn)))
    transaction.on_commit(fold_wal)


def _fresh(model: type[Stirred], touched: set[Touched]) -> Any:
    """The day's rows of the organisations in which something was written."""
    rows: Any = model._base_manager.filter(fresh=True)
    return rows.filter(organisation_id__in={one.organisation for one in touched})


def _among(model: type[Stirred], drawn: list[int]) -> dict[str, list[int]]:
    return {f"{_root(model)[1]}__in": drawn}


def _draw(root: type[Stirred], touched: set[Touched]) -> list[int]:
    """Whose rows are stirred: those who acted, and others of the day up to MOST, by chance."""
    acted = {one.pk for one in touched}
    others: set[int] = set()
    for model in kinds():
        whose, column = _root(model)
        if whose is root:
            others.update(_fresh(model, touched).values_list(column, flat=True))
    others -= acted
    return [*acted, *_chance.sample(sorted(others), min(len(others), MOST - 1))]


def _stir_postgresql(model: type[Stirred], rows: Any) -> None:
    """Write these rows once more; those that another transaction holds, it stirs itself.

    One by one in a random order: a single UPDATE would lay them down in the order they lay in.
    """
    mine = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
    _chance.shuffle(mine)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET fresh = true WHERE id = %s",  # noqa: S608 -- our own table
            [(pk,) for pk in mine],
        )


def _stir_sqlite(model: type[Stirred], rows: Any) -> None:
    """Take these rows out and lay them down again in a random order."""
    table = connection.ops.quote_name(model._meta.db_table)
    mine = [(pk,) for pk in rows.values_list("pk", flat=True)]
    with connection.cursor() as cursor:
        found = []
        for one in mine:
            cursor.execute(f"SELECT * FROM {table} WHERE id = %s", one)  # noqa: S608 -- our own
            found += cursor.fetchall()
        if not found:
            return
        holes = ", ".join(["%s"] * len(cursor.description))
        _chance.shuffle(found)
        cursor.executemany(f"DELETE FROM {table} WHERE id = %s", mine)  # noqa: S608
        cursor.executemany(f"INSERT INTO {table} VALUES ({holes})", found)  # noqa: S608


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


def lay_anew() -> int:
    """On PostgreSQL: rewrite the tables in which something was written today; how many wait.

    Pages keep versions of rows that are dead, and what the transactions that wrote them were.
    A large table waits for the night. A busy one is asked for again a few times, then waits for
    the next hour: somebody may be writing to it, or the database be clearing it up itself.
    """
    if connection.vendor != "postgresql":
        return 0
    waiting = [
        model
        for model in kinds()
        if model._base_manager.filter(fresh=True).exists() and _size(model) <= LARGEST
    ]
    return _lay_all(waiting, patience="2s")


def _lay_by_id() -> None:
    """On PostgreSQL: lay every stirred table down anew, by its random ids."""
    if connection.vendor == "postgresql":
        _lay_all(list(kinds()), patience="60s")


def _lay_all(waiting: list[type[Stirred]], *, patience: str) -> int:
    """Lay these tables down anew, those that are busy again a little later; how many still wait."""
    for again in range(TIMES):
        if again and waiting:
            time.sleep(PAUSE)
        waiting = [model for model in waiting if not _lay(model, patience=patience)]
    return len(waiting)


def _lay(model: type[Stirred], *, patience: str) -> bool:
    """Whether a table was written anew, without any version that is over.

    Nobody else may be using it for that moment; and as long as anybody's snapshot could still see
    them (the database's own statistics take one, too), versions that are over are written anew
    with the rest.
    """
    table = model._meta.db_table
    name = connection.ops.quote_name(table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{patience}'")
            cursor.execute(f"LOCK TABLE {name}")
            cursor.execute(SEEN_BY_OTHERS)
            seen = cursor.fetchone()[0]
            cursor.execute(f"CLUSTER {name} USING {connection.ops.quote_name(table + '_pkey')}")
            return not seen
    except OperationalError:
        return False


def _size(model: type[Stirred]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s)", [model._meta.db_table])
        return int(cursor.fetchone()[0])
