"""What we accept when somebody speaks."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import SLOWED, Form
from holdspace.members.rules import says_no_way_to_reach
from holdspace.threads.actions.writing import LONGEST, LONGEST_TITLE
from holdspace.threads.forms.ground import Carried, notes_field, words_field
from holdspace.threads.forms.showing import SAY_IT, AltField, WithPicture
from holdspace.threads.models import Talk, Thread
from holdspace.threads.pacing import please_wait
from holdspace.threads.rules import may_be_seen_by, may_go_unsigned, may_show_pictures
from holdspace.threads.voices import Voice
from holdspace.threads.words import Audience, Need

NAMED_NOW = _(
    "You wished to write without your name. Here that is not possible any more. Nothing was sent; "
    "send it again if it may bear your name."
)
BESIDE = {"sure", "title", "picture", "alt", "without"}  # what the acts take in another way


def typed(sent: Any) -> dict[str, Any]:
    """What a form sent, however unfinished, as `keep_draft` takes it."""
    return {
        "title": sent.get("title", ""),
        "words": sent.get("words", ""),
        "need": sent.get("need", ""),
        "notes": tuple(sent.getlist("notes") if hasattr(sent, "getlist") else ()),
        "seen_by": sent.get("seen_by", ""),
        "unsigned": bool(sent.get("unsigned")),
        "quotes": Carried().clean(sent.get("quotes")),
        "key": Carried().clean(sent.get("key")),
    }


class SayForm(Form):
    """Words, and what goes with them. A draft takes whatever there is, without asking."""

    words = words_field(
        _("Your words"),
        6,
        LONGEST,
        help_text=_("Stars make words *stand out*, a dash begins a list, > quotes."),
    )
    need = forms.ChoiceField(
        label=_("What would help you?"),
        choices=[("", _("I'd rather not say")), *Need.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    notes = notes_field(help_text=_("Some people fold these and read them when they are ready."))
    sure = forms.BooleanField(label=_("Send it all the same"), required=False)
    key = Carried(required=False)

    def __init__(self, *args: Any, talk: Talk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warned = False
        if talk.need_asked:
            need = self.fields["need"]
            assert isinstance(need, forms.ChoiceField)  # noqa: S101 -- tells mypy
            need.required, need.choices = True, Need.choices
            need.error_messages["required"] = _("In this group we say what we need. Choose one.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = (cleaned.get(name, "") for name in ("words", "title", "alt"))
        fine = says_no_way_to_reach(" ".join(said))
        self.warned = not fine
        if not fine and not cleaned.get("sure"):
            self.add_error("words", str(fine.reason))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the acts take."""
        given = {k: v for k, v in self.cleaned_data.items() if k not in BESIDE}
        return {**given, "notes": tuple(given.get("notes", ()))}

    def draft(self) -> dict[str, Any]:
        """What was typed, however unfinished, for `keep_draft`."""
        return typed(self.data)


class ReplyForm(SayForm, WithPicture):
    """An answer in a conversation."""

    quotes = Carried(required=False)

    def __init__(
        self, *args: Any, talk: Talk, voice: Voice, thread: Thread | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, talk=talk, **kwargs)
        if not may_show_pictures(talk):
            self.shows_none()
        if thread is not None:
            self.fields["need"].required = False
        _offer_audiences(self, talk, thread)
        if thread is not None:
            self._fill_what_the_short_box_leaves_out()
        if may_go_unsigned(voice, talk, Audience.MEMBERS):
            self.fields["unsigned"] = forms.BooleanField(
                label=_("Without my name"),
                required=False,
                help_text=_(
                    "Facilitators cannot see who wrote it either. Only if somebody's safety asks "
                    "for it, two people together may look, and that is recorded. Your way of "
                    "writing can still tell. It cannot be changed later, only taken back."
                ),
            )

    def _fill_what_the_short_box_leaves_out(self) -> None:
        """Under a conversation words alone are asked; shown again, the form says what it took."""
        asked = [name for name in ("need", "seen_by") if name in self.fields]
        left_out = [name for name in asked if self.is_bound and name not in self.data]
        if left_out:
            data: Any = deepcopy(self.data)  # a changeable one
            data.update({name: str(self.fields[name].initial or "") for name in left_out})
            self.data = data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_picture(cleaned)
        if self.data.get("unsigned") and "unsigned" not in self.fields:
            self.add_error(None, NAMED_NOW)  # what was to have no name never goes under one
        return cleaned

    def waits(self, voice: Voice) -> bool:
        """Whether somebody who has just sent a lot is asked to wait; said on the form."""
        said = please_wait(voice, self.cleaned_data["key"])
        if said:
            self.add_error(None, forms.ValidationError(said, code=SLOWED))
        return bool(said)

    def said(self) -> dict[str, Any]:
        return {**super().said(), "picture": self.pictured()}

    def draft(self) -> dict[str, Any]:
        return {**super().draft(), **self.to_keep()}


class OpenForm(ReplyForm):
    """The beginning of a conversation."""

    title = forms.CharField(
        label=_("A title"),
        max_length=LONGEST_TITLE,
        help_text=_("A few words, so that others can choose whether to read on."),
    )
    field_order = ("title", "words", "need", "notes")

    def opening(self) -> dict[str, Any]:
        """What `open_thread` takes."""
        said = self.said()
        said.pop("quotes", None)
        return {**said, "title": self.cleaned_data["title"]}


def _offer_audiences(form: Form, talk: Talk, thread: Thread | None) -> None:
    offered = [(a.value, a.label) for a in Audience if may_be_seen_by(talk, a, thread)]
    if len(offered) > 1:
        widest = thread.seen_by if thread is not None else Audience.MEMBERS.value
        form.fields["seen_by"] = forms.ChoiceField(
            label=_("Who may see it"),
            choices=offered,
            initial=widest,
            required=False,
            widget=forms.RadioSelect,
        )


class EditForm(SayForm):
    """Changing one's own words; `edition` is the one that was seen."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    edition = Carried(required=False)
    alt = AltField(required=False)
    without_picture = forms.BooleanField(label=_("Take the picture away"), required=False)
    field_order = ("title", "words", "need", "notes")

    def __init__(self, *args: Any, talk: Talk, first: bool, pictured: bool, **kwargs: Any) -> None:
        super().__init__(*args, talk=talk, **kwargs)
        self.fields["need"].required = talk.need_asked and first
        if not first:
            del self.fields["title"]
        if not pictured:
            del self.fields["alt"], self.fields["without_picture"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        left = "alt" in self.fields and not cleaned.get("without_picture")
        if left and not cleaned.get("alt") and not self.has_error("alt"):
            self.add_error("alt", SAY_IT)
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What `edit_post` takes."""
        said = self.said()
        said.pop("key", None)
        return {
            **said,
            "title": self.cleaned_data.get("title", ""),
            "alt": self.cleaned_data.get("alt", ""),
        }
