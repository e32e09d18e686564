"""A question asked on every page: its SQL is made once and asked again with other values.

Building and compiling a queryset costs Django ten times what the database then takes to answer.
A prepared question is a function that returns a queryset; it is called once for each shape (how
many values stand in its lists), with placeholders in place of its arguments. The second lock holds
as ever: the organisation is a placeholder too, filled each time from where we are.
"""

import datetime as dt
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
)

from holdspace.kit import scope

P = ParamSpec("P")
R = TypeVar("R")

SMALL = 10_000  # a whole number in a question's text may be a limit or a rank, never an id
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SQL_ITSELF = (int, str, bytes, bool)


class BakedIn(RuntimeError):
    """A value stands in the text of a prepared question that belongs to one asking only."""


@dataclass(frozen=True, slots=True)
class Blank:
    """One value of a prepared question's text, filled in when it is asked."""

    name: str
    place: int | None = None

    def filled(self, given: dict[str, Any]) -> Any:
        """What stands here this time; a list is filled up with its last."""
        value = given[self.name]
        return value if self.place is None else value[min(self.place, len(value) - 1)]


class _Here(Blank):
    """The organisation we are in: the second lock of a prepared question."""

    def filled(self, given: dict[str, Any]) -> int:
        return scope.current()


class _Placeholder(Expression):
    """Stands in a queryset for what the blanks will hold."""

    def __init__(self, *blanks: Blank) -> None:
        super().__init__()
        self.blanks = blanks

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        return f"({', '.join(['%s'] * len(self.blanks))})", [*self.blanks]

    def get_group_by_cols(self) -> list[Any]:
        return []


@dataclass(frozen=True, slots=True)
class _Plan:
    """One shape of a question, ready to be asked of one database."""

    alias: str
    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, list[Any], Any], ...]
    make: Callable[[list[Any]], Any]

    def ask(self, given: dict[str, Any]) -> list[Any]:
        connection = connections[self.alias]
        filled = [
            _adapted(one.filled(given), connection) if isinstance(one, Blank) else one
            for one in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        return [self.make(self._opened(row, connection)) for row in rows]

    def _opened(self, row: Any, connection: BaseDatabaseWrapper) -> list[Any]:
        values = list(row)
        for at, converters, expression in self.converters:
            if values[at] is None:  # as everywhere in Django nothing stays nothing
                continue
            for converter in converters:
                values[at] = converter(values[at], expression, connection)
        return values


class _Question(Generic[P, R]):
    def __init__(self, function: Callable[P, QuerySet[Any, R]], shaped_by: tuple[str, ...]) -> None:
        self.function, self.shaped_by = function, frozenset(shaped_by)
        self.plans: dict[Hashable, _Plan | None] = {}

    def ask(self, given: dict[str, Any]) -> list[R]:
        shape = (scope.is_everywhere(), *[(name, self._shape(name, given[name])) for name in given])
        if shape not in self.plans:
            self.plans[shape] = self._planned(given)
        plan = self.plans[shape]
        return plan.ask(given) if plan is not None else []

    def _shape(self, name: str, value: Any) -> Any:
        """A list counts by its length, rounded up, so that a few shapes serve all of them."""
        if isinstance(value, list):
            return (1 << (len(value) - 1).bit_length()) if value else 0
        return value if name in self.shaped_by else None

    def _planned(self, given: dict[str, Any]) -> _Plan | None:
        """None for a question to which nothing can be an answer (an empty list)."""
        words = {name: self._word(name, value) for name, value in given.items()}
        with scope.held_open(_Placeholder(_Here("here"))):
            rows = self.function(**words)  # type: ignore[call-arg]
        try:
            return _plan(rows)
        except EmptyResultSet:
            return None

    def _word(self, name: str, value: Any) -> Any:
        if name in self.shaped_by or value == []:
            return value
        if isinstance(value, list):
            return _Placeholder(*[Blank(name, n) for n in range(self._shape(name, value))])
        return _Placeholder(Blank(name))


def prepared(
    *shaped_by: str,
) -> Callable[[Callable[P, QuerySet[Any, R]]], Callable[P, list[R]]]:
    """Make a function that returns a queryset a prepared question that returns its rows.

    Arguments are keyword-only, a value or a list of values each; they may only be compared with.
    Those named in `shaped_by` (a limit, a yes or no) reach the function as they are, and each of
    their values is a shape of its own. Raises BakedIn when an id, a day or bytes stand in the
    question's text, TypeError for None and for what cannot be asked this way.
    """

    def preparing(function: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
        question = _Question(function, shaped_by)

        @wraps(function)
        def asking(*args: P.args, **given: P.kwargs) -> list[R]:
            if args:
                raise TypeError(f"{function.__name__} is asked by keywords")
            return question.ask(given)

        return asking

    return preparing


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    if isinstance(value, _SQL_ITSELF):
        return value
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    raise TypeError(f"a prepared question cannot compare with {type(value).__name__}")


def _plan(rows: QuerySet[Any, Any]) -> _Plan:
    query, alias = rows.query, rows.db
    compiler = query.get_compiler(using=alias)
    sql, params = compiler.as_sql()
    for one in params:
        _refuse_what_is_baked_in(one)
    fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
    found = compiler.get_converters(fields).items()
    converters = tuple((at, many, expression) for at, (many, expression) in found)
    return _Plan(alias, sql, tuple(params), converters, _maker(rows, compiler))


def _refuse_what_is_baked_in(value: Any) -> None:
    if isinstance(value, Blank) or value is None:
        return
    a_word = isinstance(value, str) and not _A_DAY.match(value)
    a_small_number = isinstance(value, int) and abs(value) <= SMALL
    if not (a_word or a_small_number):
        raise BakedIn(f"a {type(value).__name__} is part of a prepared question")


def _maker(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """How one of its rows becomes what the queryset would have given."""
    kind = rows._iterable_class  # noqa: SLF001
    if kind is FlatValuesListIterable:
        return lambda values: values[0]
    if kind is ValuesListIterable:
        return tuple
    if kind is not ModelIterable or rows._prefetch_related_lookups:  # type: ignore[attr-defined] # noqa: SLF001
        raise TypeError("a prepared question gives rows or values_list, without prefetches")
    make = _row_maker(compiler.klass_info, compiler.select, rows.db)
    return _annotated(make, compiler.annotation_col_map)


def _row_maker(info: dict[str, Any], select: list[Any], alias: str) -> Callable[[list[Any]], Any]:
    """A model's row from its columns, as Model.from_db makes it, without its detours."""
    if info.get("from_parent"):
        raise TypeError("a prepared question does not follow inherited models")
    model, places = info["model"], info["select_fields"]
    names = [select[place][0].target.attname for place in places]
    first, last = places[0], places[-1] + 1
    key = first + names.index(model._meta.pk.attname)
    beside = tuple(
        (_row_maker(one, select, alias), one["local_setter"], one["remote_setter"])
        for one in info.get("related_klass_infos", [])
    )

    def made(values: list[Any]) -> Any:
        if values[key] is None:  # an outer join that met nothing
            return None
        row = model.__new__(model)
        row.__dict__.update(zip(names, values[first:last], strict=True))
        row._state = state = ModelState()  # noqa: SLF001
        state.adding, state.db = False, alias
        for make, keep, keep_back in beside:
            other = make(values)
            keep(row, other)
            if other is not None:  # a relation joined under a name of its own is kept by this one
                keep_back(other, row)
        return row

    return made


def _annotated(
    make: Callable[[list[Any]], Any], places: dict[str, int] | None
) -> Callable[[list[Any]], Any]:
    if not places:
        return make
    items = tuple(places.items())

    def made(values: list[Any]) -> Any:
        row = make(values)
        for name, at in items:
            row.__dict__[name] = values[at]
        return row

    return made
