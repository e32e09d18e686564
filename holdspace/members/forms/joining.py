"""The other questions of the joining dialog."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.consent.queries import Purpose
from holdspace.kit.forms import Form
from holdspace.members.naming.contacts import tells_how_to_reach

WORDS = 400  # characters of a hello, a need, a hope: each fits a sealed cookie as a draft
READ, SAY = "read", "say"


def yes_to(purpose: Purpose) -> forms.BooleanField:
    """The one tick of a consent, never ticked beforehand."""
    said = _("Without this yes we may not keep anything about you, so you cannot take part.")
    words: Any = purpose.words
    return forms.BooleanField(label=words, error_messages={"required": said})


def agree_field() -> forms.BooleanField:
    """The yes to what the group agreed."""
    return forms.BooleanField(
        label=_("I have read this, and I will keep to it"),
        error_messages={"required": _("Without this yes we cannot let you in.")},
    )


class TakingPartForm(Form):
    """The yes to what is kept, where it was not given yet in its present words."""

    def __init__(self, *args: Any, purpose: Purpose | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        if purpose is not None:
            self.fields["taking_part"] = yes_to(purpose)


class AgreementForm(TakingPartForm):
    """The yes, what the organisation asks about age where it is not known yet, and the consent."""

    agree = agree_field()
    age = forms.BooleanField(
        error_messages={"required": _("This group is for people of this age only.")}
    )

    def __init__(self, *args: Any, age: str, agree: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not agree:
            del self.fields["agree"]
        if age:
            self.fields["age"].label = age
        else:
            del self.fields["age"]


def words_field(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WordsForm(Form):
    """Warns once about a number or an address in what the group will read."""

    sure = forms.BooleanField(label=_("It is fine. Keep it."), required=False)
    warned = False

    def clean(self) -> dict[str, Any]:
        """Add an error beside the words that hold a way to reach somebody, unless `sure`."""
        said: dict[str, Any] = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and tells_how_to_reach(said.get(name) or ""):
                self.warned = True
                if not said.get("sure"):
                    self.add_error(name, _("This looks like a way to reach you. Leave it out?"))
        return said


class HelloForm(WordsForm):
    """A hello, or reading for now: both are full ways to belong."""

    way = forms.ChoiceField(
        label=_("How would you like to begin?"),
        choices=[
            (READ, _("I'd rather read for now")),
            (SAY, _("I'll say hello")),
        ],
        initial=READ,
        widget=forms.RadioSelect,
    )
    hello = words_field(
        _("Your hello"), _("Everybody in the group can read it. One sentence is plenty.")
    )

    def clean(self) -> dict[str, Any]:
        """Neither a hello that is not there nor one that would be dropped goes by unsaid."""
        said = super().clean()
        way, hello = said.get("way"), said.get("hello")
        if way == SAY and not hello and not self.has_error("hello"):
            self.add_error("hello", _("Write a few words, or choose to read for now."))
        if way == READ and hello:
            self.add_error("way", _("You wrote a hello. Choose to say it, or empty the box below."))
        return said


class NeedsForm(WordsForm):
    """What helps: access, camera."""

    needs = words_field(
        _("What would make it easier for you?"),
        _("For example: captions, a seat near the door, breaks, someone to find me at the start."),
    )
    camera_off = forms.BooleanField(label=_("I will keep my camera off"), required=False)


class HopeForm(WordsForm):
    """What I hope for here."""

    hope = words_field(
        _("What do you hope for here?"), _("The facilitators read this, nobody else.")
    )


class QuestionsForm(Form):
    """The group's own questions, answered for its facilitators."""

    def __init__(self, *args: Any, questions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(questions):
            self.fields[f"q{number}"] = forms.CharField(
                label=question, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
            )
        self.questions = questions

    @property
    def answers(self) -> list[list[str]]:
        """Each question with its answer."""
        return [[q, self.cleaned_data[f"q{n}"]] for n, q in enumerate(self.questions)]
