"""Scopes: a person, a member, a group, a visit, an organisation. Each has a key of its own."""

import datetime as dt
from collections.abc import Iterable

from django.db import connections, transaction
from django.db.models import F

from holdspace.kit import clock
from holdspace.kit.ids import new_id
from holdspace.vault import keys
from holdspace.vault.models import Erasure, Generation, Key
from holdspace.vault.router import KEYS
from holdspace.vault.tags import tag, tags

BATCH = 500  # parameters of one query
INSTALLATION = 1  # the scope of what belongs to no organisation: sessions, cookies


def open_scope(parent: int | None = None) -> int:
    """Make a scope with a fresh key, committed before its first content; returns its id.

    `parent` is the scope whose key wraps it: ending either ends both.
    Raises Unopenable when the parent's key is gone.
    """
    scope = new_id()
    keys.wrap_new(scope, parent)
    return scope


def ensure_installation() -> None:
    """Make the installation's own scope and the generation counter if they are missing."""
    if not Key.objects.filter(scope=INSTALLATION).exists():
        keys.wrap_new(INSTALLATION, None)
    Generation.objects.get_or_create(id=1)


def prefetch(scopes: Iterable[int]) -> None:
    """Open the keys of many scopes in one go, before a list is shown."""
    keys.prefetch(scopes)


def is_open(scope: int) -> bool:
    """Whether a scope still has its key."""
    return Key.objects.filter(scope=scope).exists()


def living(scopes: Iterable[int]) -> set[int]:
    """Which of these scopes still have their key."""
    every = sorted(set(scopes))
    found: set[int] = set()
    for i in range(0, len(every), BATCH):
        rows = Key.objects.filter(scope__in=every[i : i + BATCH])
        found.update(rows.values_list("scope", flat=True))
    return found


def without_key(scopes: Iterable[int]) -> set[int]:
    """Which of these scopes have no key any more: their rows came back with an old backup."""
    every = set(scopes)
    return every - living(every)


def _with_children(scopes: set[int]) -> set[int]:
    every, last = set(scopes), set(scopes)
    while last:
        below = set(Key.objects.filter(parent__in=last).values_list("scope", flat=True))
        last = below - every
        every |= last
    return every


def erasure_tag(scope: int) -> bytes:
    """The tag under which an erased scope stands in the list that a restore replays."""
    return tag(INSTALLATION, "erasure", str(scope))


def intend(what: str) -> None:
    """Note, in the list that outlives a restore, that an erasure was acknowledged and goes on."""
    mark = tag(INSTALLATION, "intended", what)
    Erasure.objects.get_or_create(tag=mark, defaults={"week": _week()})


def intended(of: list[str]) -> list[str]:
    """For which of these an erasure was acknowledged, done or not."""
    listed = {bytes(e) for e in Erasure.objects.values_list("tag", flat=True)}
    marks = tags(INSTALLATION, "intended", of)
    return [one for one, mark in zip(of, marks, strict=True) if mark in listed]


def prune_erasures(before: dt.date) -> int:
    """Forget what was erased in the weeks before that of this day; returns how many there were."""
    return Erasure.objects.filter(week__lt=_week_of(before)).delete()[0]


def _week() -> str:
    return _week_of(clock.today())


def _week_of(day: dt.date) -> str:
    found = day.isocalendar()
    return f"{found.year}-W{found.week:02}"


def shred(scopes: Iterable[int]) -> int:
    """Destroy the keys of these scopes and of all below them; returns how many went.

    The intent is committed first, so that a restore or a second run finishes what a crash
    interrupted; running it again changes nothing.
    """
    wanted = set(scopes)
    week = _week()
    Erasure.objects.bulk_create(
        [Erasure(tag=erasure_tag(s), week=week) for s in sorted(wanted)], ignore_conflicts=True
    )
    every = _with_children(wanted)
    with transaction.atomic(using=KEYS):
        gone, _by_model = Key.objects.filter(scope__in=every).delete()
        Generation.objects.filter(id=1).update(number=F("number") + 1)
    keys.forget()
    transaction.on_commit(fold_wal)
    return gone


def replay_erasures() -> int:
    """Destroy every key on the erasure list that is there; returns how many went.

    After a restore, and after a crash between the intent and the deed.
    """
    listed = {bytes(e) for e in Erasure.objects.values_list("tag", flat=True)}
    scopes = list(Key.objects.exclude(scope=INSTALLATION).values_list("scope", flat=True))
    marks = tags(INSTALLATION, "erasure", [str(scope) for scope in scopes])
    again = {scope for scope, mark in zip(scopes, marks, strict=True) if mark in listed}
    return shred(again) if again else 0


def fold_wal() -> None:
    """On SQLite: fold the write-ahead log away, since it would keep what was just destroyed."""
    for name in connections:
        connection = connections[name]
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
