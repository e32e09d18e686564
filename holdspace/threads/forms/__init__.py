"""What we accept when somebody speaks, reads, and chooses how a group talks."""

from holdspace.threads.forms.choosing import NoteForm, ReadingForm, ReasonForm, TalkForm
from holdspace.threads.forms.finding import FindForm
from holdspace.threads.forms.ground import Carried
from holdspace.threads.forms.saying import EditForm, OpenForm, ReplyForm, SayForm, typed

__all__ = [
    "Carried",
    "EditForm",
    "FindForm",
    "NoteForm",
    "OpenForm",
    "ReadingForm",
    "ReasonForm",
    "ReplyForm",
    "SayForm",
    "TalkForm",
    "typed",
]
