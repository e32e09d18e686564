"""What can be done in a group's conversation: the only writer of this package's rows."""

from holdspace.threads.actions.drafting import drop_draft, keep_by_itself, keep_draft
from holdspace.threads.actions.editing import EditedMeanwhile, edit_post, put_away, take_back
from holdspace.threads.actions.fading import fade, mingle
from holdspace.threads.actions.keeping import change_reading, follow, mute, mute_person, note_read
from holdspace.threads.actions.leading import change_talk, close, note_content, pin, reopen
from holdspace.threads.actions.purging import (
    erase_words,
    forget_drafts,
    forget_unopenable,
    leave_words,
    purge,
)
from holdspace.threads.actions.supporting import support, unsupport
from holdspace.threads.actions.writing import SentBefore, open_thread, post_reply

__all__ = [
    "EditedMeanwhile",
    "SentBefore",
    "change_reading",
    "change_talk",
    "close",
    "drop_draft",
    "edit_post",
    "erase_words",
    "fade",
    "follow",
    "forget_drafts",
    "forget_unopenable",
    "keep_by_itself",
    "keep_draft",
    "leave_words",
    "mingle",
    "mute",
    "mute_person",
    "note_content",
    "note_read",
    "open_thread",
    "pin",
    "post_reply",
    "purge",
    "put_away",
    "reopen",
    "support",
    "take_back",
    "unsupport",
]
