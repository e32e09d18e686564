"""What we accept when somebody chooses how they read, and how a group talks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.threads.forms.ground import notes_field, words_field
from holdspace.threads.reading import LONGEST_WORD, MOST_WORDS
from holdspace.threads.rules import LONGEST_REASON
from holdspace.threads.words import Late, Note


class NoteForm(Form):
    """What a text speaks of, said by a facilitator or its writer."""

    notes = notes_field()


class ReasonForm(Form):
    """Why a facilitator does something to a conversation; everybody in it can read it."""

    why = forms.CharField(
        label=_("Why, in a sentence"),
        max_length=LONGEST_REASON,
        help_text=_("It stands there for everybody, the writer too. Say it kindly."),
    )


class ReadingForm(Form):
    """What one reader would rather see folded."""

    folds = forms.MultipleChoiceField(
        label=_("Fold what speaks of"),
        choices=Note.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = words_field(
        _("Words I would rather not meet, one a line"),
        5,
        MOST_WORDS * LONGEST_WORD,
        required=False,
        help_text=_("Whatever holds one of them is folded for you alone. Nobody is told."),
    )
    unsigned = forms.BooleanField(label=_("Fold what is written without a name"), required=False)
    pictures = forms.BooleanField(
        label=_("Show me pictures only when I ask for them"),
        required=False,
        help_text=_("Good on a weak line. What can be seen in them stands there in words."),
    )

    def chosen(self) -> dict[str, Any]:
        """What `change_reading` takes."""
        given = self.cleaned_data
        words = tuple(given["words"].splitlines())
        return {
            "folds": tuple(given["folds"]),
            "words": words,
            "unsigned": given["unsigned"],
            "pictures": given["pictures"],
        }


class TalkForm(Form):
    """How a group talks, chosen by its facilitators."""

    need_asked = forms.BooleanField(
        label=_("Ask everybody who begins a conversation what would help them"), required=False
    )
    folded = forms.MultipleChoiceField(
        label=_("Fold for everybody, until they choose otherwise, what speaks of"),
        choices=Note.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    late = forms.ChoiceField(
        label=_("Who joins later sees"), choices=Late.choices, widget=forms.RadioSelect
    )
    visitors_read = forms.BooleanField(
        label=_("People who come to visit may read what is written for everyone"),
        required=False,
        help_text=_("Only while their visit lasts, and only what its writer meant for everyone."),
    )
    unsigned_allowed = forms.BooleanField(
        label=_("People may write without their name"),
        required=False,
        help_text=_("You will not see who wrote it either."),
    )
    pictures_allowed = forms.BooleanField(
        label=_("A picture may go with what is said"),
        required=False,
        help_text=_("Those that are there stay, whatever you choose for new ones."),
    )
