"""A picture beside words: made anew as soon as it comes, and said in words as well."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.kit.pictures import ACCEPTED, Busy, NoPicture, Picture, TooLarge, anew
from holdspace.threads.actions.picturing import LONGEST_ALT, Pictured

UNREADABLE = _("We could not read this as a picture. JPEG, PNG, WebP and GIF work.")
TOO_LARGE = _(
    "This picture is too large for us, in its file or in its points. A smaller copy will do: up to "
    "12 MB, and what a phone takes."
)
BUSY = _("Others are sending pictures just now. Please choose yours again in a moment.")
SAY_IT = _("Say in a few words what can be seen, for people who cannot see it.")
AGAIN = _("Please choose the picture again: your words about it came, the picture did not.")
NONE_NOW = _(
    "In this group we show no pictures any more. Nothing was sent: send your words again, and they "
    "go without the picture."
)
NAMELESS = _(
    "Please choose the picture again. What is kept with your draft bears your name, so it cannot "
    "go with words without one."
)


class AltField(forms.CharField):
    """What a picture shows, in words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("What can be seen in it"), max_length=LONGEST_ALT, **kwargs)


class WithPicture(Form):
    """Words that a picture may go with. `kept` are the facts of one kept with the draft."""

    picture = forms.FileField(
        label=_("A picture"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 12 MB. What a camera writes into it, such as where and "
            "when, is taken out. A face, a name or a street can still be seen in it."
        ),
    )
    alt = AltField(required=False, help_text=_("For people who cannot see it, or open it later."))
    without = forms.BooleanField(label=_("Leave the kept picture out"), required=False)

    def __init__(self, *args: Any, kept: dict[str, Any] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made: Picture | None = None
        self.leaves_out = False
        self.keeps(kept)

    def keeps(self, kept: dict[str, Any] | None) -> None:
        """There may be one kept with the draft, which can be left out."""
        self.kept = kept
        if kept:
            self.fields["without"] = deepcopy(self.base_fields["without"])
        else:
            self.fields.pop("without", None)

    def shows_none(self) -> None:
        """The group shows no pictures: not one kept with the draft either."""
        self.kept, self.leaves_out = None, bool(self.kept)
        for name in ("picture", "alt", "without"):
            self.fields.pop(name, None)

    def clean_picture(self) -> None:
        """The picture made anew; nothing of the file itself goes further."""
        file = self.cleaned_data["picture"]
        if not file:
            return
        try:
            self.made = anew(file.read())
        except TooLarge as large:
            raise forms.ValidationError(TOO_LARGE) from large
        except Busy as busy:
            raise forms.ValidationError(BUSY) from busy
        except NoPicture as strange:
            raise forms.ValidationError(UNREADABLE) from strange

    def check_picture(self, cleaned: dict[str, Any]) -> None:
        """A picture has words, words about a picture have one. Asked while the form is cleaned."""
        if "picture" not in self.fields:
            if self.files.get("picture") or (self.data.get("alt") or "").strip():
                self.add_error(None, NONE_NOW)  # it was chosen while the group still showed them
            return
        if self.has_error("picture"):
            return
        uses_kept = bool(self.kept) and self.made is None and not cleaned.get("without")
        has_one, alt = self.made is not None or uses_kept, (cleaned.get("alt") or "").strip()
        if uses_kept and cleaned.get("unsigned"):
            self.add_error("picture", NAMELESS)
        elif has_one and not alt and not self.has_error("alt"):
            self.add_error("alt", SAY_IT)
        elif alt and not has_one and not cleaned.get("without"):
            self.add_error("picture", AGAIN)

    def pictured(self) -> Pictured | None:
        """The picture to be sent, if any."""
        given = self.cleaned_data
        alt = given.get("alt", "")
        if self.made is not None:
            return Pictured(alt, self.made)
        return Pictured(alt) if self.kept and not given.get("without") else None

    def to_keep(self) -> dict[str, Any]:
        """What `keep_draft` takes of it."""
        return {
            "alt": self.data.get("alt", ""),
            "picture": self.made,
            "without_picture": bool(self.data.get("without")),
        }
