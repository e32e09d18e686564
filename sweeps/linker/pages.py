"""Reading a stolen SQLite file byte by byte: in which order were the rows of a page laid down?

Format: sqlite.org/fileformat2.html, sections 1.6 (b-tree pages) and 2.1 (records).
"""

from pathlib import Path

TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02


def varint(raw: bytes, at: int) -> tuple[int, int]:
    """A variable-length integer and where it ends."""
    value = 0
    for step in range(9):
        byte = raw[at + step]
        if step == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + step + 1
    raise AssertionError


def page_size(raw: bytes) -> int:
    size = int.from_bytes(raw[16:18], "big")
    return 65536 if size == 1 else size


def _cells(page: bytes, first: bool) -> tuple[int, list[int], int]:
    """The kind of a b-tree page, the places of its cells, and its right-most child."""
    head = 100 if first else 0
    kind = page[head]
    count = int.from_bytes(page[head + 3 : head + 5], "big")
    inner = kind in {TABLE_INNER, INDEX_INNER}
    start = head + (12 if inner else 8)
    places = [int.from_bytes(page[start + 2 * i : start + 2 * i + 2], "big") for i in range(count)]
    right = int.from_bytes(page[head + 8 : head + 12], "big") if inner else 0
    return kind, places, right


def _rowid(page: bytes, at: int, kind: int) -> int | None:
    """The row that a leaf cell speaks of: its key in a table, its last column in an index."""
    size, at = varint(page, at)
    if kind == TABLE_LEAF:
        return varint(page, at)[0]
    head, after = varint(page, at)
    types, end = [], at + head
    while after < end:
        serial, after = varint(page, after)
        types.append(serial)
    widths = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
    lengths = [widths.get(t, (t - 12) // 2) for t in types]
    if sum(lengths) + head > size or size > len(page) // 4:
        return None
    if types[-1] in {8, 9}:
        return types[-1] - 8
    place = end + sum(lengths[:-1])
    return int.from_bytes(page[place : place + lengths[-1]], "big", signed=True)


def laid_down(raw: bytes, root: int) -> list[list[int]]:
    """For every leaf page below `root` its rows, oldest first: SQLite fills a page from its end."""
    size = page_size(raw)
    leaves: list[list[int]] = []
    todo = [root]
    while todo:
        number = todo.pop()
        page = raw[(number - 1) * size : number * size]
        kind, places, right = _cells(page, number == 1)
        if kind in {TABLE_INNER, INDEX_INNER}:
            children = [int.from_bytes(page[p : p + 4], "big") for p in places] + [right]
            todo += reversed(children)
        elif kind in {TABLE_LEAF, INDEX_LEAF}:
            rows = [_rowid(page, p, kind) for p in sorted(places, reverse=True)]
            leaves.append([r for r in rows if r is not None])
    return leaves


def rows_of_table_page(page: bytes) -> set[int]:
    """The rows on one page, if it is a leaf of a table; else none."""
    kind, places, _right = _cells(page, first=False)
    if kind != TABLE_LEAF:
        return set()
    return {row for place in places if (row := _rowid(page, place, kind)) is not None}


def wal_commits(wal: Path, size: int) -> list[dict[int, bytes]]:
    """The transactions still in a write-ahead log, in order: page number to page."""
    raw = wal.read_bytes() if wal.exists() else b""
    commits: list[dict[int, bytes]] = []
    growing: dict[int, bytes] = {}
    salt = raw[16:24]
    for at in range(32, len(raw) - size - 23, size + 24):
        if raw[at + 8 : at + 16] != salt:
            break
        growing[int.from_bytes(raw[at : at + 4], "big")] = raw[at + 24 : at + 24 + size]
        if int.from_bytes(raw[at + 4 : at + 8], "big"):
            commits.append(growing)
            growing = {}
    return commits
