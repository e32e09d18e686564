"""Choosing a name and a picture: three offered or one's own, and six weaves."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit.forms import Form
from holdspace.kit.verdicts import Verdict, no, yes
from holdspace.kit.viewer import Viewer
from holdspace.members import rules
from holdspace.members.naming import LONGEST, look_at, tidy
from holdspace.members.naming.checks import TOO_LONG
from holdspace.people.actions import please_wait

if TYPE_CHECKING:
    from holdspace.groups.models import Group

OWN = "own"


class NameForm(Form):
    """`name` is one of those offered or OWN, then `own` holds it; `seed` one of the weaves.

    `sure` appears when we warned about what looks like a person's name. `wait` is how many seconds
    somebody waits who tried many names: each answer tells who is here.
    """

    name = forms.ChoiceField(label=_("A name"), widget=forms.RadioSelect)
    own = forms.CharField(
        label=_("A name of your own"),
        help_text=_("Not your real name, and none that you use elsewhere. Up to 24 characters."),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    sure = forms.BooleanField(label=_("It is not my real name. Keep it."), required=False)
    seed = forms.TypedChoiceField(label=_("A picture to go with it"), coerce=int)

    def __init__(
        self,
        *args: Any,
        viewer: Viewer,
        group: "Group",
        names: list[str],
        seeds: list[int],
        own: int = 0,
        wait: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.group, self.seeds, self.own_id = viewer, group, seeds, own
        self.wait = wait
        self.warned = False
        offered = [(name, name) for name in names]
        choose: Any = self.fields["name"]
        choose.choices = [*offered, (OWN, _("A name of my own"))]
        pictures: Any = self.fields["seed"]
        pictures.choices = [(seed, str(seed)) for seed in seeds]

    def clean(self) -> dict[str, Any]:
        """Look at the alias, own or offered. `alias` and `sure` are in the cleaned answers."""
        said: dict[str, Any] = super().clean() or {}
        if self.has_error("own"):
            return said
        own = said.get("name", OWN) == OWN
        alias = tidy(said.get("own", "") if own else said["name"])
        found = look_at(alias)
        self.warned = bool(found) and not any(finding.firm for finding in found)
        sure = bool(said.get("sure"))
        verdict = rules.may_use_alias(self.viewer, self.group, alias, sure=sure)
        verdict = verdict and self.is_free(alias)
        if not verdict:
            self.add_error("own" if own else "name", str(verdict.reason))
        return {**said, "alias": alias}

    def is_free(self, alias: str) -> Verdict:
        """Whether nobody here has it. A stranger is not told: that waits for the agreement."""
        if self.viewer.holder is None:
            return yes()
        if self.wait:
            return no(please_wait(self.wait))
        return rules.is_alias_free(self.group, alias, own=self.own_id)
