"""What every row has in common: a random id, and for most an organisation it belongs to."""

from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from holdspace.kit import scope
from holdspace.kit.ids import new_id

M = TypeVar("M", bound=models.Model)


class RandomIdField(models.BigIntegerField):  # type: ignore[type-arg]
    """A primary key made in the process: `integer` on SQLite, so that it is the rowid."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"


class Row(models.Model):
    """Any row of ours."""

    id = RandomIdField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class InsideOrganisation(models.Manager[M]):
    """Shows the rows of the organisation we are in, and refuses when we are in none."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[M]:
        rows = super().get_queryset()
        if scope.is_everywhere():
            return rows
        return rows.filter(organisation_id=scope.lock())


class OrganisationRow(Row):
    """A row that belongs to one organisation and is invisible from every other."""

    organisation: Any = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="+"
    )

    objects: ClassVar[InsideOrganisation[Any]] = InsideOrganisation()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"
