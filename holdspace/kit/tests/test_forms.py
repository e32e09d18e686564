"""Fields as our macros draw them: labelled, described, the error beside, the typed text kept."""

import re

import pytest
from django import forms
from django.template import engines

from holdspace.kit.forms import Form


class Sample(Form):
    name = forms.CharField(label="A name", max_length=12, help_text="Not your own.")
    hope = forms.CharField(label="Hope", widget=forms.Textarea, required=False)
    how = forms.ChoiceField(
        label="How", choices=[("a", "In a room"), ("b", "By video")], widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label="Needs",
        choices=[("x", "No steps"), ("y", "A loop")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    day = forms.DateField(label="Day", widget=forms.DateInput)
    yes = forms.BooleanField(label="Yes")
    phrase = forms.CharField(label="Phrase", widget=forms.PasswordInput)
    seed = forms.IntegerField(label="Seed", widget=forms.HiddenInput)


def drawn(source: str, **context: object) -> str:
    return engines["jinja2"].env.from_string(source).render(**context)


@pytest.fixture
def wrong() -> Sample:
    return Sample(
        {
            "name": "<b>far too long a name</b>",
            "hope": "</textarea><script>",
            "how": "z",
            "needs": ["y"],
            "day": "next Tuesday",
            "phrase": "never shown again",
            "seed": "5",
        }
    )


def test_every_visible_control_has_a_label(wrong) -> None:
    for form in (Sample(), wrong):
        text = drawn("{{ fields(form) }}", form=form)
        ids = re.findall(r'<(?:input|select|textarea)(?! type="hidden")[^>]* id="([^"]+)"', text)
        assert ids
        assert len(ids) == len(set(ids))
        for one in ids:
            assert f'<label for="{one}">' in text


def test_typed_text_is_kept_and_escaped_but_a_passphrase_is_not_sent_back(wrong) -> None:
    text = drawn("{{ fields(form) }}", form=wrong)
    assert 'value="&lt;b&gt;far too long a name&lt;/b&gt;"' in text
    assert "\n&lt;/textarea&gt;&lt;script&gt;</textarea>" in text
    assert 'value="next Tuesday"' in text
    assert re.search(r'value="y" checked', text)
    assert "never shown again" not in text


def test_an_error_stands_beside_its_field_and_is_named_by_it(wrong) -> None:
    text = drawn("{{ field(form.name) }}", form=wrong)
    assert 'aria-describedby="id_name_hint id_name_error"' in text
    assert 'aria-invalid="true"' in text
    assert '<p class="error" id="id_name_error">' in text
    group = drawn("{{ field(form.how) }}", form=wrong)
    assert re.search(r"<fieldset[^>]* aria-describedby=\"id_how_error\"", group)


def test_the_summary_leads_to_each_field_and_is_silent_without_errors(wrong) -> None:
    text = drawn("{{ error_summary(form) }}", form=wrong)
    fields = drawn("{{ fields(form) }}", form=wrong)
    targets = re.findall(r'<a href="#([^"]+)">', text)
    assert targets[0] == "id_name"
    assert "id_how_0" in targets
    assert all(f'id="{target}"' in fields for target in targets)
    assert re.search(r'<div [^>]*tabindex="-1" autofocus id="look-again"', text)
    assert drawn("{{ error_summary(form) }}", form=Sample()).strip() == ""


def test_a_required_field_says_so_kindly() -> None:
    text = drawn("{{ field(form.name) }}", form=Sample({"name": ""}))
    assert "Please fill this in." in text
    assert " required" in text
    assert 'maxlength="12"' in text


def test_a_day_uses_the_browsers_own_box_unless_what_was_typed_would_vanish(wrong) -> None:
    assert 'type="text"' in drawn("{{ field(form.day) }}", form=wrong)
    assert 'type="date"' in drawn("{{ field(form.day) }}", form=Sample({"day": "2026-11-30"}))
    assert 'value="2026-11-30"' in drawn(
        "{{ field(form.day) }}", form=Sample({"day": "2026-11-30"})
    )


def test_pictures_to_choose_from_are_named_and_one_is_always_chosen() -> None:
    text = drawn("{{ weave_choices(form.seed, [1, 2, 3]) }}", form=Sample())
    assert text.count('type="radio"') == 3
    assert text.count(" checked") == 1
    assert text.count("<svg") == 3
    again = drawn("{{ weave_choices(form.seed, [1, 2, 3]) }}", form=Sample({"seed": "3"}))
    assert re.search(r'value="3" checked', again)


def test_choices_that_are_numbers_stay_chosen() -> None:
    class Numbers(Form):
        week = forms.TypedChoiceField(choices=[(1, "First"), (2, "Second")], coerce=int)

    assert '<option value="2" selected>' in drawn(
        "{{ field(form.week) }}", form=Numbers(initial={"week": 2})
    )


def test_what_is_wrong_is_said_in_our_words() -> None:
    form = Sample({"name": "far too long a name", "how": "z", "needs": ["q"], "hope": "a\x00b"})
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    for words in ("12 characters fit", "no longer among the choices", "cannot be kept"):
        assert words in said
    for words in ("Select a valid", "Ensure this value", "Null characters", "This field"):
        assert words not in said
