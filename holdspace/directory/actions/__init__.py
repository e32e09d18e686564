"""What can be done to the directory."""

from holdspace.directory.actions.asking import (
    answer,
    ask,
    clear_keyless,
    clear_questions,
)
from holdspace.directory.actions.importing import (
    Counts,
    begin_import,
    begin_upload,
    drop_upload,
    hold_upload,
    keep_entries,
    let_vanished_go,
    note_counts,
    note_progress,
    take_over,
)
from holdspace.directory.actions.renewing import advance, mark_unread, renew_own

__all__ = [
    "Counts",
    "advance",
    "answer",
    "ask",
    "begin_import",
    "begin_upload",
    "clear_keyless",
    "clear_questions",
    "drop_upload",
    "hold_upload",
    "keep_entries",
    "let_vanished_go",
    "mark_unread",
    "note_counts",
    "note_progress",
    "renew_own",
    "take_over",
]
