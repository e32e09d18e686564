"""Django's SQLite backend, except that a text is put into SQLite's notation once.

Django writes `%s` where SQLite wants `?` and translates every text anew each time it is asked; on
a page of eight questions that takes as long as SQLite itself. Texts hold no values.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base


class _Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        if param_names is None:
            return _converted(query)
        named: str = super().convert_query(query, param_names=param_names)
        return named


@lru_cache(maxsize=1_000)
def _converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose cursors remember how a text is written."""

    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=_Cursor)
