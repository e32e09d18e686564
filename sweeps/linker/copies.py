"""A stolen copy of the content, read the way a thief would read it: no keys, all bytes."""

import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sweeps.linker.pages import laid_down, page_size, rows_of_table_page, wal_commits

PERSON, MEMBER = "people_person", "members_member"
TUPLE_HEADERS = (24, 32)  # bytes of PostgreSQL's own before a row's columns; first of all xmin
SAYS_SIZE = 22  # the byte of a header that says how long it is
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
    """What `dump_postgresql` wrote: all rows with what the database notes on them by itself."""
    tables = pickle.loads(file.read_bytes())
    copy = Copy(tables)
    for table, rows in tables.items():
        for source in ("id", "xmin", "xmax", "place", "first"):
            copy.order[table, source] = {
                r["id"]: value
                for r in rows
                if isinstance(r.get("id"), int)
                and (value := r.get("_" + source) if source != "id" else r["id"])
            }
    return copy


def dump_postgresql(file: Path) -> None:
    """Every row of the content database with what PostgreSQL notes on it by itself.

    That is who wrote it last (`xmin`), who locked or replaced it (`xmax`), where it lies (`ctid`),
    and, read from the raw pages, the first transaction of which any version of it is left there:
    dead ones, and such as were cleared away and not yet written over.
    """
    from django.db import connection

    tables: dict[str, Rows] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT *, xmin::text::bigint, xmax::text::bigint, ctid::text FROM "{table}"'
            )
            names = [c[0] for c in cursor.description]
            tables[table] = []
            for values in cursor.fetchall():
                row = {
                    n: bytes(v) if isinstance(v, memoryview) else v
                    for n, v in zip(names, values, strict=True)
                }
                page, item = row.pop("ctid").strip("()").split(",")
                row["_place"] = int(page) * 10_000 + int(item)
                row["_xmin"], row["_xmax"] = row.pop("xmin"), row.pop("xmax")
                tables[table].append(row)
        for table in (PERSON, MEMBER):
            _note_first_versions(cursor, table, tables[table])
    file.write_bytes(pickle.dumps(tables))


def _note_first_versions(cursor: Any, table: str, rows: Rows) -> None:
    """Find every image of every row in the raw pages of a table, by the bytes of its id."""
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
    cursor.execute(
        "SELECT get_raw_page(%s, page::int) FROM "
        "generate_series(0, pg_relation_size(%s) / current_setting('block_size')::int - 1) page",
        [table, table],
    )
    pages = [bytes(raw) for (raw,) in cursor.fetchall()]
    more = _before_id(cursor, table)
    for row in rows:
        mark = int(row["id"]).to_bytes(8, "little")
        images = [
            int.from_bytes(page[begins : begins + 4], "little")
            for page in pages
            for at in _all(page, mark)
            for size in TUPLE_HEADERS
            if (begins := at - more - size) >= 0 and page[begins + SAYS_SIZE] == size
        ]
        row["_first"] = min((one for one in images if 0 < one <= row["_xmin"]), default=0)


def _before_id(cursor: Any, table: str) -> int:
    """Bytes of a row before its id: none, or a boolean filled up to eight."""
    cursor.execute(
        "SELECT attnum FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'id'", [table]
    )
    return 0 if cursor.fetchone()[0] == 1 else 8


def _all(page: bytes, mark: bytes) -> Iterator[int]:
    at = page.find(mark)
    while at >= 0:
        yield at
        at = page.find(mark, at + 1)


def _files(folder: Path) -> list[tuple[str, int]]:
    return [
        (str(f.relative_to(folder)), int(f.stat().st_mtime_ns))
        for f in sorted(folder.rglob("*"))
        if f.is_file() and not f.name.startswith("holdspace.sqlite3")
    ]
