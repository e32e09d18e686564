"""Proof that a database is whole: rows counted, sealed values opened, chains walked."""

from typing import Any

from django.apps import apps
from django.db import models

from holdspace.ledger.chain import verify
from holdspace.ledger.models import Chain
from holdspace.vault.ciphers import Unopenable
from holdspace.vault.fields import SealedField
from holdspace.vault.router import KEYS, KeyRouter

SAMPLE = 200  # rows of each model whose sealed values are opened


def prove() -> dict[str, Any]:
    """How many rows there are, how many sealed values opened or did not, which chains broke.

    A value that does not open is no fault by itself: its key may have been shredded.
    """
    rows = opened = closed = 0
    for model in apps.get_models():
        rows += model._base_manager.count()
        one, other = _open_some(model)
        opened, closed = opened + one, closed + other
    chains = list(Chain.objects.values_list("id", flat=True))
    broken = sum(1 for chain in chains if any(verify(chain)))
    return {
        "rows": rows,
        "opened": opened,
        "closed": closed,
        "chains": len(chains),
        "broken": broken,
    }


def _open_some(model: type[models.Model]) -> tuple[int, int]:
    """Sealed values of one model that opened, and that did not."""
    sealed = [field for field in model._meta.fields if isinstance(field, SealedField)]
    if not sealed or KeyRouter().db_for_read(model) == KEYS:
        return 0, 0
    opened = closed = 0
    for row in model._base_manager.order_by("-pk")[:SAMPLE]:
        for field in sealed:
            try:
                opened += getattr(row, field.attname) is not None
            except Unopenable:
                closed += 1
    return opened, closed
