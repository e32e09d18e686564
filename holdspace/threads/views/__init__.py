"""Pages of a group's conversation."""

from holdspace.threads.views.acting import close, mark, note, put_away, support, take_back
from holdspace.threads.views.choosing import how, mute_person, reading
from holdspace.threads.views.composing import begin, drop_draft, edit, reply
from holdspace.threads.views.pages import news, post, talk, thread

__all__ = [
    "begin",
    "close",
    "drop_draft",
    "edit",
    "how",
    "mark",
    "mute_person",
    "news",
    "note",
    "post",
    "put_away",
    "reading",
    "reply",
    "support",
    "take_back",
    "talk",
    "thread",
]
