"""The living page: every part of the kit in every state, to look at and to test against."""

from django import forms
from django.http import HttpResponse

from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.forms import Form
from holdspace.kit.guard import public
from holdspace.kit.weave import STRUCTURES

_MOODS = (("read", "I'd rather read for now"), ("hello", "Say hello"), ("ask", "Ask something"))


class Sample(Form):
    """One field of every kind."""

    name = forms.CharField(label="What should we call you here?", max_length=32)
    mail = forms.EmailField(
        label="An e-mail address", required=False, help_text="Only if you want one."
    )
    phrase = forms.CharField(label="Passphrase", widget=forms.PasswordInput)
    hope = forms.CharField(label="What I hope for here", required=False, widget=forms.Textarea)
    where = forms.ChoiceField(
        label="Where", choices=[("", "Anywhere"), ("room", "In a room"), ("video", "By video")]
    )
    first = forms.ChoiceField(label="To begin", choices=_MOODS, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="What would help you to come?",
        choices=[("step", "No steps"), ("loop", "A hearing loop"), ("captions", "Captions")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="I have read what we agree")
    day = forms.DateField(
        label="From which day?", widget=forms.DateInput, help_text="For example 2026-11-30."
    )


class Pictured(Form):
    """A picture to choose."""

    picture = forms.IntegerField(label="A picture for this name")


WRONG = {"wrong-name": "", "wrong-mail": "wren at home", "wrong-day": "next Tuesday"}
SEEDS = [kind + 8 * yarn + 640 * yarn for yarn in range(8) for kind in range(len(STRUCTURES))]


@public
def living(request: Request) -> HttpResponse:
    """Every part in every state. Holds nobody's words."""
    return page(
        request,
        "kit/living.html",
        empty=Sample(),
        wrong=Sample(WRONG, prefix="wrong"),
        pictured=Pictured(),
        seeds=SEEDS,
        loose=[seed * 7919 % 2**31 for seed in range(1, 65)],
    )
