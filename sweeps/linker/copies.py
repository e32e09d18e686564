"""A stolen copy of the content, read the way a thief would read it: no keys, all bytes."""

import pickle
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sweeps.linker.pages import laid_down, page_size, rows_of_table_page, wal_commits

Rows = list[dict[str, Any]]


@dataclass(eq=False)  # so that what is worked out from one can be kept
class Copy:
    """Rows by table; `order` gives for (table, source) a number that grows with time.

    `leaves` has for every index of a table its pages, and on each its rows, oldest first.
    """

    tables: dict[str, Rows]
    order: dict[tuple[str, str], dict[int, float]] = field(default_factory=dict)
    leaves: dict[str, list[list[list[int]]]] = field(default_factory=dict)
    files: list[tuple[str, int]] = field(default_factory=list)

    def rows(self, table: str) -> Rows:
        return self.tables.get(table, [])


def read_sqlite(folder: Path) -> Copy:
    """A copied content folder: the database, its write-ahead log, and whatever lies beside."""
    file = folder / "holdspace.sqlite3"
    wal = folder / "holdspace.sqlite3-wal"
    commits = wal_commits(wal, page_size(file.read_bytes()))
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        master = list(database.execute("SELECT type, name, tbl_name, rootpage FROM sqlite_master"))
        names = [m["name"] for m in master if m["type"] == "table"]
        tables = {n: [dict(r) for r in database.execute(f"SELECT * FROM [{n}]")] for n in names}
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = file.read_bytes()
    copy = Copy(tables, files=_files(folder))
    for entry in master:
        if entry["rootpage"]:
            leaves = laid_down(raw, entry["rootpage"])
            if entry["type"] == "index":
                copy.leaves.setdefault(entry["tbl_name"], []).append(leaves)
                continue
            copy.order[entry["tbl_name"], "table"] = {
                row: page + (place + 1) / (len(leaf) + 1)
                for page, leaf in enumerate(leaves)
                for place, row in enumerate(leaf)
            }
    seen = _first_seen(commits)
    for table, rows in tables.items():
        copy.order[table, "id"] = {r["id"]: r["id"] for r in rows if isinstance(r.get("id"), int)}
        copy.order[table, "wal"] = {r["id"]: seen[r["id"]] for r in rows if r.get("id") in seen}
    return copy


def _first_seen(commits: list[dict[int, bytes]]) -> dict[int, float]:
    """The transaction in the log in which a row first stands on a page that it stood not on.

    A page whose earlier version is not in the log tells nothing yet.
    """
    seen: dict[int, float] = {}
    before: dict[int, set[int]] = {}
    known: set[int] = set()
    for number, pages in enumerate(commits):
        for page, raw in pages.items():
            here = rows_of_table_page(raw)
            if page in before:
                for one in here - before[page] - known:
                    seen[one] = number
            known |= here
            before[page] = here
    return seen


def read_postgresql(file: Path) -> Copy:
    """What `dump_postgresql` wrote: all rows with `xmin` and `ctid`."""
    tables = pickle.loads(file.read_bytes())
    copy = Copy(tables)
    for table, rows in tables.items():
        for source in ("id", "xmin", "place"):
            copy.order[table, source] = {
                r["id"]: r["_" + source] if source != "id" else r["id"]
                for r in rows
                if isinstance(r.get("id"), int)
            }
    return copy


def dump_postgresql(file: Path) -> None:
    """Every row of the content database with the two columns PostgreSQL adds by itself."""
    from django.db import connection

    tables: dict[str, Rows] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT *, xmin::text::bigint, ctid::text FROM "{table}"')
            names = [c[0] for c in cursor.description]
            tables[table] = []
            for values in cursor.fetchall():
                row = {
                    n: bytes(v) if isinstance(v, memoryview) else v
                    for n, v in zip(names, values, strict=True)
                }
                page, item = row.pop("ctid").strip("()").split(",")
                row["_place"] = int(page) * 10_000 + int(item)
                row["_xmin"] = row.pop("xmin")
                tables[table].append(row)
    file.write_bytes(pickle.dumps(tables))


def _files(folder: Path) -> list[tuple[str, int]]:
    return [
        (str(f.relative_to(folder)), int(f.stat().st_mtime_ns))
        for f in sorted(folder.rglob("*"))
        if f.is_file() and not f.name.startswith("holdspace.sqlite3")
    ]
