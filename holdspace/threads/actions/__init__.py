"""What can be done in a group's conversation: the only writer of this package's rows."""

from holdspace.threads.actions.writing import open_thread, post_reply

__all__ = ["open_thread", "post_reply"]
