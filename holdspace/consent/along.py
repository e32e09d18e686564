"""Whether somebody agrees, asked by itself or along with a question of a package above.

Coming along is for pages that show; an act asks by itself (see kit.remembering).
"""

from typing import Any, cast

from django.db.models import Model, QuerySet, Subquery

from holdspace.consent.models import Consent
from holdspace.consent.purposes import PURPOSES
from holdspace.kit.prepared import prepared
from holdspace.kit.remembering import came_along, once_a_request
from holdspace.kit.viewer import Viewer
from holdspace.people.queries import account_of

COLUMNS = {"yes_id": "id", "yes_sealed": "sealed", "yes_scope": "person__scope"}


@once_a_request
def agrees(viewer: Viewer, purpose: str) -> bool:
    """Whether who is looking agrees to this purpose now, in its present version."""
    account = account_of(viewer)
    found = _of(account=account, purpose=purpose) if account is not None else []
    return bool(found) and _is_in_force(found[0])


@prepared()
def _of(*, account: int, purpose: str) -> QuerySet[Consent]:
    rows: QuerySet[Consent] = Consent.objects.select_related("person")
    return rows.filter(person_id=account, purpose=purpose)


def _is_in_force(row: Consent) -> bool:
    return row.is_given and bool(row.sealed["version"] == PURPOSES[row.purpose].version)


def yes_beside(account: Any, purpose: str) -> dict[str, Subquery]:
    """For a question about rows that one account holds: its consent, as columns beside them.

    Part of a question asked by who has shown that the viewer may, hence without a viewer.
    """
    rows = Consent.objects.filter(person_id=account, purpose=purpose)
    return {name: Subquery(rows.values(column)[:1]) for name, column in COLUMNS.items()}


def yes_found(viewer: Viewer, purpose: str, row: Model) -> None:
    """Note what `yes_beside` brought with a row that the viewer holds; hence without `viewer=`."""
    pk, sealed, scope = (vars(row).pop(name) for name in COLUMNS)
    came_along(
        agrees, viewer, purpose, answer=pk is not None and _opened(pk, purpose, sealed, scope)
    )


def _opened(pk: int, purpose: str, sealed: bytes, scope: int) -> bool:
    person = cast("Any", Consent.person.field.related_model)(scope=scope)
    return _is_in_force(Consent(id=pk, purpose=purpose, person=person, sealed=sealed))
