"""Whether somebody agrees, asked by itself or along with a question of a package above.

Coming along is for pages that show; an act asks by itself (see kit.remembering).
"""

from typing import Any, cast

from django.db.models import Model, QuerySet, Subquery

from holdspace.consent.models import Consent, is_given
from holdspace.consent.purposes import PURPOSES
from holdspace.kit.prepared import prepared
from holdspace.kit.remembering import came_along, once_a_request
from holdspace.kit.viewer import Viewer
from holdspace.people.queries import account_of
from holdspace.vault.fields import SealedField

SEALED = cast("SealedField", Consent._meta.get_field("sealed"))
COLUMNS = {"yes_id": "id", "yes_sealed": "sealed", "yes_scope": "person__scope"}


@once_a_request
def agrees(viewer: Viewer, purpose: str) -> bool:
    """Whether who is looking agrees to this purpose now, in its present version."""
    account = account_of(viewer)
    found = _of(account=account, purpose=purpose) if account is not None else []
    return bool(found) and _is_in_force(purpose, found[0].sealed)


@prepared()
def _of(*, account: int, purpose: str) -> QuerySet[Consent]:
    rows: QuerySet[Consent] = Consent.objects.select_related("person")
    return rows.filter(person_id=account, purpose=purpose)


def _is_in_force(purpose: str, said: dict[str, Any]) -> bool:
    return is_given(said) and bool(said["version"] == PURPOSES[purpose].version)


def yes_beside(account: Any, purpose: str) -> dict[str, Subquery]:
    """For a question about rows that one account holds: its consent, as columns beside them.

    Part of a question asked by who has shown that the viewer may, hence without a viewer.
    """
    rows = Consent.objects.filter(person_id=account, purpose=purpose)
    return {name: Subquery(rows.values(column)[:1]) for name, column in COLUMNS.items()}


def yes_found(viewer: Viewer, purpose: str, row: Model) -> None:
    """Note what `yes_beside` brought with a row that the viewer holds; hence without `viewer=`."""
    pk, sealed, scope = (vars(row).pop(name) for name in COLUMNS)
    agreed = pk is not None and _is_in_force(purpose, SEALED.open_alone(pk, scope, sealed))
    came_along(agrees, viewer, purpose, answer=agreed)
