"""What the directory accepts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from holdspace.directory.feeds.fields import words
from holdspace.directory.feeds.reading import Format
from holdspace.directory.gazetteer import Town, towns_named
from holdspace.directory.queries import Wish
from holdspace.directory.words import language_words
from holdspace.groups.queries import ACCESS, AFFIRMING
from holdspace.kit.forms import Form

ANY = ("", _("Anything"))
NO_MATTER = ("", _("No matter"))
LONGEST_QUESTION = 2_000
LARGEST_FILE = 5_000_000
_PARTS = [
    ("", _("Any time")),
    ("morning", _("Mornings")),
    ("afternoon", _("Afternoons")),
    ("evening", _("Evenings")),
    ("night", _("Nights")),
]
_HOW = [
    ("", _("In person or online")),
    ("in_person", _("In person")),
    ("online", _("Online")),
    ("video", _("By video")),
    ("text", _("In writing")),
    ("hybrid", _("In person and online together")),
]


def _days() -> list[tuple[str, Any]]:
    return [("", _("Any day")), *((str(n), name) for n, name in WEEKDAYS.items())]


def _languages(codes: Iterable[str]) -> list[tuple[str, str]]:
    named = ((code, language_words(code)) for code in codes)
    return [("", str(_("Any language"))), *sorted(named, key=lambda pair: pair[1])]


class FindForm(Form):
    """The search of the directory. A GET form: everything may be left out, nothing is refused."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    topic = forms.ChoiceField(label=_("What about"), required=False)
    how = forms.ChoiceField(label=_("Where or online"), required=False, choices=_HOW)
    when = forms.ChoiceField(label=_("When"), required=False, choices=_PARTS)
    near = forms.CharField(label=_("Near a town"), required=False, max_length=80)
    km = forms.TypedChoiceField(
        label=_("How far"), required=False, coerce=int, empty_value="",
        choices=[("5", _("5 km")), ("10", _("10 km")), ("25", _("25 km")), ("50", _("50 km")),
                 ("100", _("100 km"))],
    )  # fmt: skip
    day = forms.ChoiceField(label=_("Day"), required=False, choices=_days)
    kind = forms.ChoiceField(
        label=_("Who leads"), required=False,
        choices=[NO_MATTER, ("peer", _("People who have been through it")),
                 ("professional", _("A professional"))],
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("For whom"), required=False,
        choices=[("", _("Anybody")), ("lived", _("People living with it themselves")),
                 ("family", _("Family, friends and carers"))],
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), required=False)
    identity = forms.ChoiceField(
        label=_("Affirming of"), required=False, choices=[NO_MATTER, *AFFIRMING.items()]
    )
    access = forms.MultipleChoiceField(
        label=_("What you need"), required=False, choices=list(ACCESS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    today = forms.BooleanField(label=_("Today or tonight"), required=False)
    come = forms.BooleanField(label=_("You can simply come"), required=False)

    def __init__(
        self, asked: QueryDict, *, topics: Iterable[tuple[str, Any]], languages: Iterable[str]
    ) -> None:
        data = asked.copy()
        data.setdefault("km", "25")
        super().__init__(data)
        self.fields["topic"].choices = [ANY, *topics]  # type: ignore[attr-defined]
        self.fields["language"].choices = _languages(languages)  # type: ignore[attr-defined]

    @property
    def asks_language(self) -> bool:
        """Whether groups here meet in more than one language."""
        return len(self.fields["language"].choices) > 2  # type: ignore[attr-defined]  # noqa: PLR2004

    def wish(self, zone: str, country: str) -> tuple[Wish, list[Town]]:
        """What is looked for, and the towns that may be meant; what is not understood is left."""
        self.is_valid()
        said = self.cleaned_data
        towns = towns_named(said.get("near", ""), country=country)
        day = said.get("day", "")
        wish = Wish(
            words=said.get("q", ""), topic=said.get("topic", ""), kind=said.get("kind", ""),
            audience=said.get("audience", ""), mode=said.get("how", ""),
            language=said.get("language", ""), identity=said.get("identity", ""),
            access=tuple(said.get("access", ())), day=int(day) if day else None,
            part=said.get("when", ""), zone=zone, near=towns[0] if towns else None,
            km=said.get("km") or 25, today=bool(said.get("today")), come=bool(said.get("come")),
        )  # fmt: skip
        return wish, towns


class QuestionForm(Form):
    """A question without an account."""

    words = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": "6"}),
        help_text=_("Leave out your name and where you live. We can answer without them."),
    )


class AnswerForm(Form):
    """The answer."""

    words = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": "8"}),
    )


class InsteadForm(Form):
    """Whether a file takes the place of an earlier one of the same people."""

    instead = forms.ChoiceField(
        label=_("Does this file take the place of an earlier one?"), required=False,
        widget=forms.RadioSelect, initial="",
        help_text=_("What stands only in the earlier one is then marked as gone."),
    )  # fmt: skip

    def __init__(self, *args: Any, earlier: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = ("", _("No, it stands beside what is there"))
        self.fields["instead"].choices = [beside, *earlier]  # type: ignore[attr-defined]


class ImportForm(Form):
    """A file of groups that others run, and what is said about all of them."""

    file = forms.FileField(label=_("File"), help_text=_("Up to 5 MB. For more, use the command."))
    name = forms.CharField(label=_("Who runs these groups"), max_length=160)
    format = forms.ChoiceField(
        label=_("Kind of file"), required=False,
        choices=[(Format.AUTO.value, _("Find out")), (Format.MEETING_GUIDE.value, "Meeting Guide"),
                 (Format.HSDS.value, "HSDS (Open Referral)"), (Format.CSV.value, "CSV"),
                 (Format.XLSX.value, "XLSX"), (Format.ICAL.value, "iCalendar")],
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("Who are they for?"), required=False,
        choices=[("", _("As the file says")), ("lived", _("People living with it themselves")),
                 ("family", _("Family, friends and carers")), ("both", _("Both"))],
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("What are they all about?"), required=False)

    def __init__(self, *args: Any, topics: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", _("As the file says"))
        self.fields["topic"].choices = [nothing, *topics]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """A file within bounds."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("This file is larger than 5 MB. Use the command for it."))
        return file

    def clean_name(self) -> str:
        """Who runs them, without numbers or addresses of people."""
        name = words(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Please give a name that people can read."))
        return name
