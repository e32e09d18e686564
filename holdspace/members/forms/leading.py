"""What facilitators write: a kind no, a removal, a role, a code."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from holdspace.kit.days import in_words
from holdspace.kit.forms import Form
from holdspace.members.models import Member, Recognition

BOX = {"rows": 4}


class NoForm(Form):
    """A no in kind words."""

    words = forms.CharField(
        label=_("Your words to them"),
        help_text=_("This is all they get. Say what may suit them better, if you know it."),
        max_length=600,
        widget=forms.Textarea(attrs=BOX),
    )


class RemovalForm(Form):
    """Asking somebody to stay away: always a reason, always kind, always somebody else to ask."""

    reason = forms.CharField(
        label=_("The reason, with the part of the agreement it is about"),
        max_length=400,
        widget=forms.Textarea(attrs=BOX),
    )
    words = forms.CharField(
        label=_("Your words to them"),
        help_text=_("They see the reason and these words."),
        max_length=400,
        widget=forms.Textarea(attrs=BOX),
    )
    write_to = forms.CharField(
        label=_("Whom they can write to if they see it differently"),
        help_text=_("Somebody other than you: a name and an address."),
        max_length=120,
    )


class UnusedForm(Form):
    """Which places to free."""

    members = forms.MultipleChoiceField(
        label=_("Places that nobody has used"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, members: list[Member], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choose = self.fields["members"]
        choose.choices = [(str(m.id), _since(m)) for m in members]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        """The ids of the members that were chosen."""
        return [int(one) for one in self.cleaned_data["members"]]


def _since(member: Member) -> str:
    said = gettext("%(name)s, here since %(day)s")
    return said % {"name": member.alias, "day": in_words(member.joined_on)}


class RoleForm(Form):
    """A role in the group."""

    role = forms.ChoiceField(label=_("Role"), choices=Member.Role.choices, widget=forms.RadioSelect)


class SomeoneForm(Form):
    """Someone I know is here."""

    wish = forms.ChoiceField(
        label=_("What would help?"),
        choices=Recognition.Wish.choices,
        initial=Recognition.Wish.TELL,
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(
        label=_("Who should read this?"),
        choices=Recognition.To.choices,
        initial=Recognition.To.FACILITATOR,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Anything else"),
        help_text=_("You need not say who it is, or why."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs=BOX),
    )


class CodeForm(Form):
    """The code somebody said aloud."""

    code = forms.CharField(label=_("The code they told you"), max_length=20)


class VouchForm(CodeForm):
    """With the member they are, from the names that a facilitator sees anyhow."""

    member = forms.ChoiceField(label=_("Who they are in this group"))

    def __init__(self, *args: object, members: list[Member], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choose = self.fields["member"]
        choose.choices = [(str(m.id), m.alias) for m in members]  # type: ignore[attr-defined]


class VouchByNameForm(CodeForm):
    """With the name they say: whoever does not see inside is shown no names."""

    alias = forms.CharField(
        label=_("The name they go by in this group"),
        help_text=_("Ask them for it. If they do not know it, a facilitator can vouch for them."),
        max_length=40,
    )
