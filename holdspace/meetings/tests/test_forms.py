"""Whatever is typed: a rhythm that unfolds, or words beside the field; never a fault."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from holdspace.meetings.forms import AddForm, ChangeForm, MoveForm, PlanForm
from holdspace.meetings.forms.changes import ZoneForm
from holdspace.meetings.forms.gathering import zone_choices
from holdspace.meetings.forms.plan import initial_of, read_day
from holdspace.meetings.rhythm import Monthly, in_words, instant_of, next_occurrences
from holdspace.meetings.tests.factories import SUNDAY
from holdspace.meetings.tests.test_rhythm import rhythms

GOOD = {
    "pattern": ["weekly", "monthly", "chosen"],
    "days": ["0", "6"],
    "every_weeks": ["1", "52"],
    "nths": ["1", "5", "-1"],
    "month_day": ["0", "6"],
    "every_months": ["1", "24"],
    "dates": ["2026-12-01", "1.12.2026\n3 March 2027", "31/12/2199", "9999-12-31"],
    "first_day": ["2026-11-22", "1900-01-01", "2199-12-31", "0001-01-01", "9999-12-31"],
    "last_day": ["", "2027-11-22", "9999-12-31"],
    "times": ["", "1", "500"],
    "pauses": ["", "2026-12-20 to 2027-01-03", "24 December 2026"],
    "at": ["00:00", "23:59", "19:00:30", "02:30"],
    "minutes": ["10", "720"],
    "zone": ["Europe/London", "America/New_York", "Pacific/Kiritimati", "UTC"],
    "attendance": ["in_person", "video", "text", "hybrid"],
    "seats": ["1", "12", "500"],
    "introductory": ["", "on"],
    "area": ["Leith", ""],
    "place": ["", "12 Canary Row\nfirst floor"],
    "link": [
        "",
        "https://meet.example.org/x",
        "+44 131 496 0000, code 1234",
        "[::1",
        "https://[::1",
    ],
    "day": ["2026-11-24", "9999-12-31", "0001-01-01"],
    "words": ["", "Sorry."],
}
anything = st.text(max_size=40)
typed = st.fixed_dictionaries(
    {name: st.one_of(st.sampled_from(good), st.sampled_from(good), anything)
     for name, good in GOOD.items()}
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(typed)
def test_any_plan_gives_a_rhythm_or_words(said: dict[str, str]) -> None:
    form = ChangeForm({**said, "days": [said["days"]], "nths": [said["nths"]]})
    if form.is_valid():
        assert in_words(form.rhythm)
        next_occurrences(form.rhythm, SUNDAY, 10)
    else:
        assert all(str(word) for errors in form.errors.values() for word in errors)


@settings(max_examples=200, deadline=None)
@given(typed)
def test_any_single_date_gives_an_instant_or_words(said: dict[str, str]) -> None:
    for form in (AddForm(said), MoveForm(said)):
        if form.is_valid():
            zone = form.cleaned_data.get("zone", "America/New_York")
            assert instant_of(form.cleaned_data["day"], form.cleaned_data["at"], zone)


@settings(max_examples=100, deadline=None)
@given(rhythms())
def test_what_the_form_shows_of_a_rhythm_gives_it_back(rhythm) -> None:
    shown = initial_of(rhythm)
    nths = rhythm.shape.days if isinstance(rhythm.shape, Monthly) else ()
    assume(rhythm.minutes >= 10)
    assume(len({nth.weekday for nth in nths}) <= 1)
    assume(all(nth.nth >= -1 for nth in nths))
    form = PlanForm(
        {
            **{name: value for name, value in shown.items() if value is not None},
            "first_day": rhythm.starts.isoformat(),
            "at": rhythm.at.isoformat("minutes"),
            "attendance": "video",
            "seats": "12",
        }
    )
    assert form.is_valid(), form.errors
    assert form.rhythm.shape == rhythm.shape
    assert (form.rhythm.until, form.rhythm.times) == (rhythm.until, rhythm.times)
    assert form.rhythm.pauses == rhythm.pauses


def test_dates_are_read_as_people_write_them() -> None:
    for text in ("2026-03-03", "3/3/2026", "3.3.2026", "3 March 2026", " 3 Mar 2026 "):
        assert read_day(text) == dt.date(2026, 3, 3)
    assert read_day("soon") is None


def test_a_city_is_offered_once_and_any_name_of_its_zone_is_it():
    for region, cities in zone_choices():
        assert len({city for _name, city in cities}) == len(cities), region
    form = ZoneForm({"zone": "Asia/Calcutta", "back": ""})
    assert form["zone"].value() == "Asia/Kolkata"
    assert form.is_valid(), form.errors
    assert form.cleaned_data["zone"] == "Asia/Kolkata"
    assert ZoneForm(initial={"zone": "America/Montreal"})["zone"].value() == "America/Toronto"
    assert ZoneForm(initial={"zone": "UTC"})["zone"].value() == "UTC"
    assert not ZoneForm({"zone": "Moon/Tranquility", "back": ""}).is_valid()
