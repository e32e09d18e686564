"""One hash chain per scope: appending to it, and telling whether somebody tampered."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db import models

from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.models import Chain, Checkpoint, Line
from holdspace.vault.fields import SealedField

SEALED = cast("SealedField", Line._meta.get_field("sealed"))


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold."""

    chain: int
    number: int
    why: str


def record(
    scope: int, kind: str, *, actor: object, subject: object = None, chain: int = 0, **facts: Any
) -> Line:
    """Write a line into the chain of `scope`, sealed under it, in the transaction of the act.

    `chain` gives the chain another id than its scope, where the scope's id would tell who.
    """
    head = _head(chain or scope)
    line = Line(chain=head.id, scope=scope, number=head.number + 1, day=clock.today(), kind=kind)
    facts_of = {
        "at": clock.now().isoformat(timespec="seconds"),
        "actor": name_of(actor),
        "subject": name_of(subject) if subject is not None else None,
        "facts": facts,
    }
    line.sealed = SEALED.ciphertext(line, facts_of)
    line.hash = _hash(bytes(head.hash), line)
    line.save(force_insert=True)
    head.number, head.hash = line.number, line.hash
    head.save(update_fields=["number", "hash"])
    return line


def _head(chain: int) -> Chain:
    head, _new = Chain.objects.select_for_update().get_or_create(id=chain)
    return head


def name_of(who: object) -> str:
    """How an actor or subject stands inside the sealed part: a kind and an id, never a name."""
    if isinstance(who, Viewer):
        return f"staff:{who.staff.account}" if who.staff else "someone"
    if isinstance(who, models.Model):
        return f"{who._meta.label_lower}:{who.pk}"
    return str(who)


def _hash(before: bytes, line: Line) -> bytes:
    """SHA-256 over the previous hash, the open columns and the sealed bytes."""
    open_part = [line.chain, line.scope, line.number, line.day.isoformat(), line.kind, line.id]
    sealed = bytes(line.__dict__["sealed"])
    return hashlib.sha256(before + json.dumps(open_part).encode() + sealed).digest()


def verify(chain: int) -> Iterator[Break]:
    """Walk one chain and yield every place where it does not hold."""
    start = Checkpoint.objects.filter(chain=chain).first()
    number, before = (start.number, bytes(start.hash)) if start else (0, bytes(32))
    lines = Line.objects.filter(chain=chain, number__gt=number).order_by("number")
    for line in lines.iterator():
        number += 1
        if line.number != number:
            yield Break(chain, number, "a line is missing")
            number = line.number
        if _hash(before, line) != bytes(line.hash):
            yield Break(chain, line.number, "a line was changed")
        before = bytes(line.hash)
    head = Chain.objects.filter(id=chain).first()
    if head is None or head.number != number or bytes(head.hash) != before:
        yield Break(chain, number, "lines are missing at the end")


def trim(chain: int, before: dt.date) -> int:
    """Delete the lines of days before this one; a checkpoint keeps what the next line builds on.

    Returns how many went.
    """
    if Chain.objects.select_for_update().filter(id=chain).first() is None:
        return 0  # ended meanwhile
    old = Line.objects.filter(chain=chain)
    first_kept = old.filter(day__gte=before).order_by("number").first()
    if first_kept is not None:
        old = old.filter(number__lt=first_kept.number)
    last = old.order_by("-number").first()
    if last is None:
        return 0
    kept = {"number": last.number, "hash": bytes(last.hash)}
    Checkpoint.objects.update_or_create(chain=chain, defaults=kept)
    return old.delete()[0]


def end(chain: int) -> None:
    """Delete a whole chain whose subject was erased; the scope it is sealed under is shredded."""
    for model in (Line, Checkpoint):
        model.objects.filter(chain=chain).delete()
    Chain.objects.filter(id=chain).delete()
