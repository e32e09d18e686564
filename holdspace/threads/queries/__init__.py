"""What can be seen of a group's conversation."""

from holdspace.threads.queries.listing import threads_in
from holdspace.threads.queries.seen import Conversation, Listing, SeenPost, SeenThread, Speaker
from holdspace.threads.queries.thread import conversation_at, post_at, thread_at, versions_of

__all__ = [
    "Conversation",
    "Listing",
    "SeenPost",
    "SeenThread",
    "Speaker",
    "conversation_at",
    "post_at",
    "thread_at",
    "threads_in",
    "versions_of",
]
