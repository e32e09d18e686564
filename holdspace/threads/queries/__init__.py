"""What can be seen of a group's conversation."""

from holdspace.threads.queries.listing import threads_in
from holdspace.threads.queries.mine import Room, draft_for_new, people_muted, room_of
from holdspace.threads.queries.news import News, news_for
from holdspace.threads.queries.search import Found, Wish, find
from holdspace.threads.queries.seen import Conversation, Listing, SeenPost, SeenThread, Speaker
from holdspace.threads.queries.thread import (
    answering,
    conversation_at,
    picture_of,
    post_at,
    thread_at,
    versions_of,
)

__all__ = [
    "Conversation",
    "Found",
    "Listing",
    "News",
    "Room",
    "SeenPost",
    "SeenThread",
    "Speaker",
    "Wish",
    "answering",
    "conversation_at",
    "draft_for_new",
    "find",
    "news_for",
    "people_muted",
    "picture_of",
    "post_at",
    "room_of",
    "thread_at",
    "threads_in",
    "versions_of",
]
