"""The words of somebody in danger bring help above what is found, or was not."""

import pytest
from django.utils.translation import get_language, override

from holdspace.directory import tender
from holdspace.directory.tender import is_tender

IN_DANGER = [
    "suicide", "Suicidal", "SUICIDE ", "kill myself", "killing my self", "killmyself",
    "want to die", "i wanna die", "end my life", "ending it all", "i dont want to live",
    "I don't want to live", "I don\u2019t want to be here", "hurt myself", "selfharm",
    "self harm", "self-harm", "self injury", "cutting", "cut myself", "overdose", "overdosed",
    "abuse", "abused", "abusive husband", "rape", "raped", "he hits me", "scared of my husband",
    "domestic violence", "better off dead", "no reason to live", "my brother took his own life",
    "died by suicide", "kms", "can't go on",
]  # fmt: skip
ELSE = [
    "anxiety", "therapy", "therapist", "group therapeutic", "grape", "drapes", "depression",
    "bipolar", "tuesday evening", "new parents", "grief", "adhd", "die Gruppe", "skills",
    "living with pain",
]  # fmt: skip


@pytest.mark.parametrize("words", IN_DANGER)
def test_such_words_are_noticed(words):
    assert is_tender(words)


@pytest.mark.parametrize("words", ELSE)
def test_other_words_are_not(words):
    assert not is_tender(words)


def test_they_are_read_in_english_and_in_the_language_of_the_page(monkeypatch):
    listed = {"es": "suicidi, no quiero vivir"}
    monkeypatch.setattr(tender, "_", lambda words: listed.get(get_language(), words))
    tender._listed.cache_clear()
    with override("es"):
        assert is_tender("no quiero  vivir")
        assert is_tender("kill myself")
        assert not is_tender("terapia")
    assert not is_tender("no quiero vivir")
    tender._listed.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["kill myself", "I don't want to be here", "overdose"])
def test_help_stands_above_what_is_found(group, anybody_client, words):
    text = anybody_client.get("/groups/", {"q": words}).content.decode()
    assert text.index("help is here, at any hour") < text.index("Nothing found")


@pytest.mark.django_db
def test_where_nothing_is_found_for_words_help_is_said_at_any_rate(group, anybody_client):
    text = anybody_client.get("/groups/", {"q": "qqqq zzzz"}).content.decode()
    assert "Nothing found" in text
    assert "If you need someone now" in text
