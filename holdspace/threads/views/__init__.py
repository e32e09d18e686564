"""Pages of a group's conversation."""

from holdspace.threads.views.acting import close, mark, note, put_away, support, take_back
from holdspace.threads.views.choosing import how, mute_person, reading
from holdspace.threads.views.composing import begin, edit, reply
from holdspace.threads.views.drafting import drop_draft
from holdspace.threads.views.live import live
from holdspace.threads.views.pages import news, post, talk, thread
from holdspace.threads.views.picture import picture
from holdspace.threads.views.search import search

__all__ = [
    "begin",
    "close",
    "drop_draft",
    "edit",
    "how",
    "live",
    "mark",
    "mute_person",
    "news",
    "note",
    "picture",
    "post",
    "put_away",
    "reading",
    "reply",
    "search",
    "support",
    "take_back",
    "talk",
    "thread",
]
