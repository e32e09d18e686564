"""Data keys, opened in the process and remembered until somebody shreds one."""

from collections import OrderedDict
from collections.abc import Iterable
from contextvars import ContextVar
from threading import Lock

from django.db import connections
from django.db.models import QuerySet

from holdspace.kit.prepared import prepared
from holdspace.vault import ciphers, rootkey
from holdspace.vault.ciphers import DataKey, Unopenable
from holdspace.vault.models import Generation, Key
from holdspace.vault.router import KEYS

REMEMBERED = 20_000

_lock = Lock()
_known: OrderedDict[int, DataKey] = OrderedDict()
_known_generation = -1
_checked: ContextVar[bool] = ContextVar("keys_checked", default=False)


def begin_request() -> None:
    """From now on check once, not at every key, whether something was shredded."""
    _freshen()
    _checked.set(True)


def end_request() -> None:
    """Back to checking at every key."""
    _checked.set(False)


@prepared()
def _generation() -> QuerySet[Generation, int]:
    return Generation.objects.values_list("number", flat=True)


def _freshen() -> None:
    global _known_generation  # noqa: PLW0603 -- one memory for the process
    rows = _generation()
    number = rows[0] if rows else 0
    with _lock:
        if number != _known_generation:
            _known.clear()
            _known_generation = number


def forget() -> None:
    """Drop every key this process remembers."""
    with _lock:
        _known.clear()


def wrapping_place(scope: int, version: int, parent: int | None) -> bytes:
    """Associated data of a wrapped key."""
    return f"key|{scope}|{version}|{parent or 'root'}".encode()


def _remember(scope: int, key: bytes) -> None:
    with _lock:
        _known[scope] = DataKey(key)
        if len(_known) > REMEMBERED:
            _known.popitem(last=False)


def _rows(scopes: Iterable[int]) -> dict[int, Key]:
    """The key rows of these scopes and of all their parents, in as many queries as floors."""
    found: dict[int, Key] = {}
    wanted = {s for s in scopes if s not in _known}
    while wanted:
        rows = list(Key.objects.filter(scope__in=wanted))
        found |= {row.scope: row for row in rows}
        wanted = {
            r.parent for r in rows if r.parent and r.parent not in found and r.parent not in _known
        }
    return found


def _open(scope: int, rows: dict[int, Key]) -> bytes:
    known = _known.get(scope)
    if known is not None:
        return known
    row = rows.get(scope)
    if row is None:
        raise Unopenable(f"no key for scope {scope}")
    above = rootkey.root_key(row.epoch) if row.epoch else _open(row.parent or 0, rows)
    place = wrapping_place(row.scope, row.version, row.parent)
    key = ciphers.decrypt(above, bytes(row.wrapped), place)
    _remember(scope, key)
    return key


def prefetch(scopes: Iterable[int]) -> None:
    """Open the keys of many scopes at once; those that are gone are passed over."""
    if not _checked.get():
        _freshen()
    wanted = set(scopes)
    rows = _rows(wanted)
    for scope in wanted:
        try:
            _open(scope, rows)
        except Unopenable:
            continue


def data_key(scope: int) -> bytes:
    """The data key of a scope, 32 bytes. Raises Unopenable when it was shredded."""
    if not _checked.get():
        _freshen()
    known = _known.get(scope)
    return known if known is not None else _open(scope, _rows([scope]))


def wrap_new(scope: int, parent: int | None) -> Key:
    """A fresh data key for `scope`, wrapped and written to the key store at once."""
    key = ciphers.new_key()
    epoch = None if parent else rootkey.current_epoch()
    above = rootkey.root_key(epoch) if epoch else data_key(parent or 0)
    wrapped = ciphers.encrypt(above, key, wrapping_place(scope, 1, parent))
    row = Key(scope=scope, version=1, parent=parent, epoch=epoch, wrapped=wrapped)
    row.save(force_insert=True)
    if not connections[KEYS].in_atomic_block:
        _remember(scope, key)
    return row
