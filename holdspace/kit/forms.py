"""Forms whose fields our macros draw: the error beside the field, what was typed kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from holdspace.kit.asks import Kept

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (forms.SelectMultiple, "checks"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "check"),
    (forms.Textarea, "textarea"),
    (forms.DateInput, "date"),
    (forms.TimeInput, "time"),
)


class Form(forms.Form):
    """Our base: plain words when something required was left out, no colon after labels."""

    required_css_class = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        _speak_kindly(type(self))
        super().__init__(*args, **kwargs)

    def is_valid(self) -> bool:
        """Whether it can be acted on; never when signing in has brought it back."""
        return not isinstance(self.data, Kept) and super().is_valid()

    def full_clean(self) -> None:
        """Look at what was typed, unless it only stands here again."""
        if isinstance(self.data, Kept):
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def ask_only(self, name: str | None, words: Any) -> None:
        """Show this form again with what was typed, and one thing to mend."""
        self.errors.clear()
        self.add_error(name, words)


_OURS = {
    "required": _("Please fill this in."),
    "invalid_choice": _("This is no longer among the choices. Please choose again."),
    "invalid_list": _("We could not read this choice. Please choose again."),
    "null_characters_not_allowed": _(
        "There is a sign in this that cannot be kept. Please remove it."
    ),
    "max_length": _("This is too long: %(limit_value)d characters fit, and it has %(show_value)d."),
    "min_length": _("This is too short: please use at least %(limit_value)d characters."),
}


@cache
def _speak_kindly(kind: type[forms.Form]) -> None:
    """Once for a kind of form: each of its forms takes its fields from these."""
    for field in kind.base_fields.values():
        _say_kindly(field)


def _say_kindly(field: forms.Field) -> None:
    """Our words in place of Django's, unless the field brings its own."""
    standard: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        standard |= getattr(kind, "default_error_messages", {})
    for code, words in _OURS.items():
        if field.error_messages.get(code) == standard.get(code):
            field.error_messages[code] = words


@dataclass(frozen=True, slots=True)
class Fold:
    """Choices that belong together, folded under their title; open where one is chosen."""

    title: Any
    options: tuple[tuple[int, str, Any], ...]  # place among all of the field's, value, words
    is_open: bool


SLOWED = "slowed"  # the code of an error that only asks to wait a little


def status_of(form: forms.Form) -> int:
    """The status of a page with this form: fine, wrong (422), or to be sent again later (429)."""
    if form.is_bound and form.has_error(NON_FIELD_ERRORS, SLOWED):
        return 429
    return 422 if form.errors else 200


@dataclass(frozen=True, slots=True)
class Face:
    """How one field stands on the page."""

    kind: str
    input_type: str
    name: str
    id: str
    value: Any
    chosen: tuple[str, ...]
    options: tuple[tuple[str, Any], ...]
    groups: tuple["Fold", ...]
    attrs: dict[str, Any]
    errors: tuple[str, ...]
    required: bool


def face_of(bound: BoundField) -> Face:
    """What the macro `field` draws for a bound field."""
    widget = bound.field.widget
    kind = next((name for cls, name in _KINDS if isinstance(widget, cls)), "input")
    input_type = getattr(widget, "input_type", "text") or "text"
    value = bound.value()
    if kind in {"date", "time"}:
        kind, input_type, value = "input", *_dated(kind, value)
    attrs = {**widget.attrs, **bound.field.widget_attrs(widget)}
    if kind == "textarea" and str(attrs.get("rows")) == "10":
        attrs["rows"] = "5"  # Django's own default is taller than a phone
    length = getattr(bound.field, "max_length", None)
    if length and kind in {"input", "textarea"}:
        attrs.setdefault("maxlength", length)
    choices, chosen = getattr(bound.field, "choices", ()), _chosen(value)
    return Face(
        kind="hidden" if bound.is_hidden else kind,
        input_type=input_type,
        name=bound.html_name,
        id=bound.id_for_label or f"id_{bound.html_name}",
        value="" if value is None else value,
        chosen=chosen,
        options=tuple(_options(choices)),
        groups=tuple(_folds(choices, chosen)),
        attrs={key: said for key, said in attrs.items() if key != "id"},
        errors=tuple(str(error) for error in bound.errors),
        required=bound.field.required,
    )


def _dated(kind: str, value: Any) -> tuple[str, Any]:
    """A native date or time box, unless what was typed would not show in one."""
    if isinstance(value, date | time):
        return kind, value.isoformat()[:10] if kind == "date" else value.isoformat()[:5]
    if not value:
        return kind, ""
    try:
        (date if kind == "date" else time).fromisoformat(str(value))
    except ValueError:
        return "text", value
    return kind, value


def _chosen(value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple | set):
        return tuple(str(one) for one in value)
    return () if value is None else (str(value),)


def _folds(choices: Any, chosen: tuple[str, ...]) -> Iterator[Fold]:
    place = 0
    for title, words in choices:
        if isinstance(words, list | tuple):
            said = [(place + n, str(value), name) for n, (value, name) in enumerate(words)]
            yield Fold(title, tuple(said), any(value in chosen for _n, value, _name in said))
            place += len(words)
        else:
            place += 1


def _options(choices: Any) -> Any:
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from ((str(inner), said) for inner, said in words)
        else:
            yield ("" if value is None else str(value), words)
