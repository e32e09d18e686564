"""Words are found in their forms, whatever the case and accent, and nothing else is."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from holdspace.threads.finding import folded, wanted

SAID = "Slept better this week. The walks with Ash helped, and we were happy at the café."


@pytest.mark.parametrize(
    "words",
    ["walk", "walking", "HELP", "helping", "happy", "happiness", "cafe", "week walk"],
)
def test_a_word_is_found_in_any_of_its_forms(words):
    assert wanted(words, "en").fits(SAID)


@pytest.mark.parametrize("words", ["wal", "sleeper", "walk dog", "hap", "table", "elp"])
def test_what_is_not_said_is_not_found(words):
    assert not wanted(words, "en").fits(SAID)


def test_other_languages_have_their_own_forms_and_unknown_ones_whole_words():
    assert wanted("Häuser", "de").fits("Ein Haus am See")
    assert wanted("дома", "ru").fits("Я был дома")
    assert wanted("nyumba", "sw").fits("Nyumba yangu")
    assert not wanted("nyumb", "sw").fits("Nyumba yangu")


def test_what_stands_around_is_shown_with_the_word_as_it_was_written():
    before, word, after = wanted("helping", "en").around(SAID)
    assert word == "helped"
    assert before.endswith("walks with Ash ")
    assert after.startswith(", and we")
    long = "x " * 200 + "kettle" + " y" * 200
    before, word, after = wanted("kettles", "en").around(long)
    assert (before[:2], word, after[-1]) == ("… ", "kettle", "…")


def test_an_empty_wish_finds_nothing():
    assert not wanted("", "en")
    assert not wanted(" ?! ", "en")


@given(st.text(max_size=200), st.sampled_from(["en", "de", "fr", "xx"]))
@example("UE0", "de")  # whose stem begins with another letter
@example("dying", "en")
@example("\U0001d6a8", "en")  # a capital only once it is taken apart
def test_a_text_is_found_by_each_of_its_own_words(text, language):
    for word in re.findall(r"\w+", folded(text))[:5]:
        assert wanted(word, language).fits(text)


@given(st.text(max_size=60), st.text(max_size=200))
def test_it_finds_what_comparing_every_stem_finds(words, text):
    wish = wanted(words, "en")
    every = {wish.stem(word) for word in re.findall(r"\w+", folded(text))}
    assert wish.fits(text) == (set(wish.stems) <= every)
