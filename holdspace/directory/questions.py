"""The few questions of "Help me choose", one form each."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.groups.queries import ACCESS, AFFIRMING, FAMILIES, TopicWord
from holdspace.kit.forms import Form

_MOST_TOPICS = 5
# What most people come with stands first; what fits everybody, last.
_FIRST = ("mood", "anxiety", "loss", "trauma", "life", "substance", "neuro", "eating")
_LAST = "general"


class Asked(Form):
    """A question: everything in it may be left out."""

    title: Any = ""
    hint: Any = ""

    def __init__(self, *args: Any, topics: Iterable[TopicWord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            families = by_family(topics, self.initial.get("audience", ""))
            self.fields["topics"].choices = families  # type: ignore[attr-defined]


def by_family(topics: Iterable[TopicWord], audience: str) -> list[tuple[Any, list[Any]]]:
    """Topics under the plain names of their families, in the order in which people ask."""
    offered = list(topics)
    first = ("family", *_FIRST) if audience == "family" else _FIRST
    order = dict.fromkeys([*first, *(key for key in FAMILIES if key != _LAST), _LAST])
    named = ((FAMILIES[key], [(t.key, t.name) for t in offered if t.family == key])
             for key in order)  # fmt: skip
    return [(name, inside) for name, inside in named if inside]


class ForWhom(Asked):
    title = _("Who is it for?")
    audience = forms.ChoiceField(
        label=_("I look for a group"), required=False, widget=forms.RadioSelect,
        choices=[("lived", _("for me")),
                 ("family", _("because of someone I care about")),
                 ("", _("I am not sure"))],
    )  # fmt: skip


class AboutWhat(Asked):
    title = _("What is it about?")
    hint = _("Open what comes near and choose in it. You need not name everything.")
    topics = forms.MultipleChoiceField(
        label=_("It is about"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_topics(self) -> list[str]:
        """A few are enough to weigh; the first are kept."""
        chosen: list[str] = self.cleaned_data["topics"]
        return chosen[:_MOST_TOPICS]


class How(Asked):
    title = _("How would you like to meet?")
    how = forms.MultipleChoiceField(
        label=_("I can imagine meeting"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("in_person", _("in person")), ("online", _("online")),
                 ("text", _("in writing only"))],
    )  # fmt: skip
    town = forms.CharField(
        label=_("Near which town"), required=False, max_length=80,
        help_text=_("A larger town nearby is enough. We look it up here and send it nowhere."),
    )  # fmt: skip


class When(Asked):
    title = _("When could you come?")
    when = forms.MultipleChoiceField(
        label=_("I could come"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("daytime", _("in the daytime")), ("evening", _("in the evening")),
                 ("weekend", _("at the weekend"))],
    )  # fmt: skip


class WhoLeads(Asked):
    title = _("Who should lead it?")
    hint = _("Both are fine. Groups stand beside professional care; they do not replace it.")
    kind = forms.ChoiceField(
        label=_("I would rather have"), required=False, widget=forms.RadioSelect,
        choices=[("peer", _("people who have been through it")),
                 ("professional", _("a professional")), ("", _("no matter"))],
    )  # fmt: skip


class Easier(Asked):
    title = _("What would make it easier?")
    needs = forms.MultipleChoiceField(
        label=_("I need"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=list(ACCESS.items()),
    )  # fmt: skip
    affirming = forms.MultipleChoiceField(
        label=_("I would like a group that knows my life"), required=False,
        widget=forms.CheckboxSelectMultiple, choices=list(AFFIRMING.items()),
    )  # fmt: skip


FORMS: tuple[type[Asked], ...] = (ForWhom, AboutWhat, How, When, WhoLeads, Easier)
