"""What is kept of a group's conversation."""

from holdspace.threads.models.beside import Draft, Support
from holdspace.threads.models.pictures import Picture
from holdspace.threads.models.talk import Reader, Talk
from holdspace.threads.models.thread import Post, Thread, Version

__all__ = ["Draft", "Picture", "Post", "Reader", "Support", "Talk", "Thread", "Version"]
