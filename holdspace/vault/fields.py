"""Sealed columns: written as ciphertext, opened in the process when somebody reads them."""

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from holdspace.vault import sealing

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class Ciphertext(bytes):
    """Bytes that came from the database, to be told apart from something just written."""

    __slots__ = ()


class _Opening(DeferredAttribute):
    """Opens on reading and remembers the plain value on the row."""

    field: "SealedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        name = self.field.attname
        if instance is None or name not in instance.__dict__:
            return super().__get__(instance, cls)  # the descriptor itself, or a column left out
        value = instance.__dict__[name]
        if isinstance(value, Ciphertext):
            value = instance.__dict__[name] = self.field.open(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(_Binary):
    """A value sealed under the scope that the row names in its column `scope`.

    Table, column and row id are the associated data, so nothing can be moved elsewhere.
    Lookups are refused: there is nothing to compare with. `bucket` is the padding in bytes.
    """

    descriptor_class = _Opening

    def __init__(self, *args: Any, scope: str = "scope", bucket: int = 64, **kwargs: Any) -> None:
        self.scope = scope
        self.bucket = bucket
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["scope"] = self.scope
        return name, path, args, kwargs

    def encode(self, value: Any) -> bytes:
        """The value as bytes."""
        return bytes(value)

    def decode(self, plain: bytes) -> Any:
        """The value from its bytes."""
        return plain

    def _place(self, pk: Any) -> str:
        return f"{self.model._meta.db_table}|{self.attname}|{pk}"

    def ciphertext(self, row: models.Model, value: Any) -> Ciphertext:
        """`value` sealed for this row. Raises Unopenable when the key is gone."""
        plain = sealing.pad(self.encode(value), self.bucket)
        return Ciphertext(sealing.seal_bytes(getattr(row, self.scope), plain, self._place(row.pk)))

    def open(self, row: models.Model, sealed: bytes) -> Any:
        """The value. Raises Unopenable when the key was shredded."""
        return self.open_alone(row.pk, getattr(row, self.scope), sealed)

    def open_alone(self, pk: Any, scope: int, sealed: bytes) -> Any:
        """The value of a row of which nothing else was read. Raises Unopenable."""
        plain = sealing.open_bytes(scope, sealed, self._place(pk))
        return self.decode(sealing.unpad(plain))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return None if value is None else Ciphertext(value)

    def pre_save(self, row: models.Model, add: bool) -> Any:
        value = row.__dict__.get(self.attname)
        if value is None or isinstance(value, Ciphertext):
            return value
        return self.ciphertext(row, value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Ciphertext):
            raise FieldError(f"{self.name} is sealed when its row is saved, not by update()")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed: it cannot be searched by {lookup_name}")


class SealedText(SealedField):
    """Sealed words."""

    def encode(self, value: Any) -> bytes:
        return str(value).encode()

    def decode(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSON(SealedField):
    """A sealed JSON document: small answers and facts that are always read together."""

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain.decode())


class TagField(_Binary):
    """A keyed tag of 32 bytes, by which something sealed is found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return None if value is None else bytes(value)
