"""One row of the table, and the table."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A figure beside its floor. `judged` is what is held against `must`; None: no must.

    At most the must, or where `times` says so at least: so many times as much as the other.
    `floor` stands as text, since it may have another unit or not exist.
    """

    what: str
    ours: str
    floor: str = ""
    judged: float | None = None
    must: float | None = None
    times: bool = False

    @property
    def verdict(self) -> str:
        """In a word."""
        if self.must is None or self.judged is None:
            return ""
        held = self.judged >= self.must if self.times else self.judged <= self.must
        return "held" if held else "MISSED"


def lines(rows: Iterable[Row]) -> list[str]:
    """The table as Markdown, so that it can be kept as it is printed."""
    cells = [["what", "ours", "floor", "ratio", "must", ""]]
    for row in rows:
        judged = "" if row.judged is None else f"{row.judged:.2f}"
        must = "" if row.must is None else f"{'≥' if row.times else '≤'} {row.must:g}"
        cells.append([row.what, row.ours, row.floor, judged, must, row.verdict])
    widths = [max(len(line[n]) for line in cells) for n in range(6)]
    cells.insert(1, ["-" * width for width in widths])
    return [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in cells
    ]
