"""Fields for short lists, written one a line."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# A time at the beginning needs no colon after it: "18:50 The door opens."
_CLOCK = re.compile(r"(\d{1,2}[:.]\d{2})(:?\s)\s*(\S.*)")


class LinesField(forms.CharField):
    """Several short sentences, one a line; gives a list of them."""

    def __init__(self, *, most: int = 20, longest: int = 300, rows: int = 6, **kwargs: Any) -> None:
        self.most, self.longest = most, longest
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=most * (longest + 1), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > self.most:
            raise ValidationError(_("At most %(n)d lines, please.") % {"n": self.most})
        for line in lines:
            if len(line) > self.longest:
                said = {"n": self.longest, "line": line[:30]}
                raise ValidationError(_("At most %(n)d characters a line: “%(line)s…”") % said)
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MomentsField(LinesField):
    """What happens minute by minute, one a line as "when: what"; gives a list of pairs."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{when}: {what}" if when else what for when, what in value)
        return value

    def clean(self, value: Any) -> Any:
        pairs = []
        for line in super().clean(value):
            clock = _CLOCK.match(line)
            when, colon, what = clock.groups() if clock else line.partition(": ")
            if not colon or not when.strip() or not what.strip():
                said = {"line": line[:30]}
                raise ValidationError(
                    _("“%(line)s” does not say when. Write it like this: 18:50: The door opens.")
                    % said
                )
            pairs.append([when.strip(), what.strip()])
        return pairs
