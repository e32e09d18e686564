"""What we accept about a group."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.groups import choices, taxonomy
from holdspace.groups.fields import LinesField, MomentsField
from holdspace.groups.models import LARGEST, SMALLEST
from holdspace.groups.queries import TopicWord
from holdspace.kit import clock
from holdspace.kit.forms import Form
from holdspace.kit.places import languages, zones

TOPICS = "topics_"


def _words(label: Any, most: int = 600, **kwargs: Any) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=most, required=False, widget=rows, **kwargs)


def _one_of(label: Any, of: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=of, widget=forms.RadioSelect, **kwargs)


def _some_of(label: Any, of: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=of, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class GroupForm(Form):
    """All that a group's page says, in the sections of the page where it is written."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=120,
        help_text=_("It is shown in public. Members see only “A group” in titles and addresses."),
    )
    summary = forms.CharField(label=_("For whom, in one sentence"), max_length=300, required=False)
    kind = _one_of(_("Who leads it"), choices.Kind.choices)
    audience = _one_of(_("Who it is for"), choices.Audience.choices)
    ages = _one_of(_("Ages"), choices.Ages.choices)
    format = _one_of(_("How it meets"), choices.Format.choices)
    format_for_now = forms.ChoiceField(
        label=_("For now it meets another way"),
        choices=[("", _("No, as usual")), *choices.Format.choices],
        required=False,
        help_text=_("For example moved online while the hall is closed. It is shown as such."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    zone = forms.ChoiceField(label=_("Time zone of its meetings"), choices=zones)
    town = forms.CharField(label=_("Town"), max_length=80, required=False)
    area = forms.CharField(
        label=_("Part of town, in words"),
        max_length=160,
        required=False,
        help_text=_("Not the address: only people who are coming see that."),
    )
    leaders = _words(_("Who leads it, in words"))
    training = _words(_("What they are trained in"))
    style = _words(_("How it is led"), help_text=_("For example: a round first, then a topic."))
    composition = _words(
        _("Who comes, in words"),
        help_text=_("No counts: “Mostly people in their twenties and thirties.”"),
    )
    affirming = _some_of(_("It affirms"), list(choices.AFFIRMING.items()))
    affirming_words = forms.CharField(label=_("How, in words"), max_length=300, required=False)
    ceiling = forms.IntegerField(
        label=_("Places in the group"),
        min_value=SMALLEST,
        max_value=LARGEST,
        help_text=_("Ten to twelve is good, four to six for text. Seats at meetings are separate."),
    )
    way_in = _one_of(_("How people come in"), choices.WayIn.choices)
    questions = LinesField(
        label=_("Your questions, one a line"),
        required=False,
        most=8,
        rows=4,
        help_text=_("Only for groups on approval. Only the facilitators read the answers."),
    )
    introductions = forms.BooleanField(
        label=_("People may come once and just listen, before they join"), required=False
    )
    visitor_seats = forms.IntegerField(
        label=_("How many visitors may come to one meeting"),
        help_text=_("Members always keep the other seats, and at least half of them."),
        min_value=1,
        max_value=12,
        initial=3,
    )
    wait_weeks = forms.IntegerField(
        label=_("How many weeks people usually wait when it is full"),
        min_value=0,
        max_value=104,
        required=False,
    )
    cost = _one_of(_("What it costs"), choices.Cost.choices)
    cost_words = forms.CharField(label=_("More about cost"), max_length=300, required=False)
    access = _some_of(_("Access"), list(choices.ACCESS.items()))
    access_words = _words(_("More about access"))
    first_visit = MomentsField(
        label=_("The first time, minute by minute"),
        required=False,
        most=12,
        rows=8,
        help_text=_("One moment a line: when, a colon, what happens."),
    )
    expected = _words(_("What is expected of people"), 1200)
    not_this = _words(_("What this group is not"), 1200)
    retention_days = forms.IntegerField(
        label=_("Days until what is written in the group is deleted"),
        min_value=1,
        max_value=3650,
        help_text=_("Members see this number."),
    )

    def __init__(self, *args: Any, topics: list[TopicWord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = set(self.initial.get("topics", []))
        known = {topic.key for topic in topics}
        self.kept = sorted(chosen - known)  # topics that are offered no longer stay
        for family, name in taxonomy.FAMILIES.items():
            offered = [(t.key, t.name) for t in topics if t.family == family]
            if offered:
                self.fields[TOPICS + family] = _some_of(name, offered)
                self.initial[TOPICS + family] = [k for k, _name in offered if k in chosen]

    def families(self) -> list[Any]:
        """The topics' fields, one for each family."""
        return [self[name] for name in self.fields if name.startswith(TOPICS)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asks = cleaned.get("way_in") == choices.WayIn.APPROVAL
        if asks and not cleaned.get("questions") and "questions" not in self.errors:
            self.add_error("questions", _("On approval you need at least one question."))
        if cleaned.get("format") in {"in_person", "hybrid"} and not cleaned.get("town"):
            self.add_error("town", _("People who come in person look for a town."))
        return cleaned

    def details(self) -> dict[str, Any]:
        """What `begin_group` and `change_group` take."""
        given = dict(self.cleaned_data)
        topics = [k for name in list(given) if name.startswith(TOPICS) for k in given.pop(name)]
        return {**given, "topics": [*topics, *self.kept]}


class AgreementForm(Form):
    """One version of what a group agrees."""

    clauses = LinesField(
        label=_("What we agree, one sentence a line"),
        most=30,
        rows=12,
        help_text=_("The first five stand on its public page. They are read aloud at meetings."),
    )
    limits = forms.CharField(
        label=_("When confidence ends"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown in the same size before people say yes, and at every meeting."),
    )
    reporters = forms.CharField(
        label=_("Who among the facilitators must report by law, and what"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    change = forms.CharField(
        label=_("What is different from the last version"),
        max_length=300,
        required=False,
        help_text=_("Members read this when they are asked again."),
    )


class CloseForm(Form):
    """Closing a group for a while."""

    words = forms.CharField(
        label=_("What people read on its page"),
        max_length=300,
        help_text=_("For example: “The hall is being painted. We meet again in May.”"),
    )
    back_on = forms.DateField(
        label=_("Open again from about"), required=False, widget=forms.DateInput()
    )

    def clean_back_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["back_on"]
        if day is not None and day <= clock.today():
            raise forms.ValidationError(_("This day is not in the future."))
        return day


class EndForm(Form):
    """Ending a group for good."""

    words = forms.CharField(
        label=_("What people read on its page"),
        max_length=300,
        help_text=_("For example: “We met for three good years. The group on Mondays is open.”"),
    )


class LeaderForm(Form):
    """Naming somebody for a part in a group."""

    account = forms.TypedChoiceField(label=_("Who"), coerce=int)
    part = forms.ChoiceField(label=_("As"), choices=choices.Part.choices)

    def __init__(self, *args: Any, colleagues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["account"]
        assert isinstance(who, forms.TypedChoiceField)  # noqa: S101 -- tells mypy
        who.choices = colleagues


class TopicForm(Form):
    """A topic of the organisation's own."""

    name = forms.CharField(label=_("Name of the topic"), max_length=80)
    family = forms.ChoiceField(label=_("Belongs to"), choices=list(taxonomy.FAMILIES.items()))
    also = forms.CharField(
        label=_("Other words people look for"),
        max_length=200,
        required=False,
        help_text=_("With commas between them."),
    )
