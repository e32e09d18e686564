"""What an error page shows back of a form: long words, and nothing that opens a door."""

from django.test import RequestFactory

from holdspace.kit import errors

LONG = "a long sentence that it hurts to write again"


def test_only_words_are_shown_back() -> None:
    typed = {"hello": LONG, "current": LONG, "passphrase": LONG, "code": LONG}
    request = RequestFactory().post("/", {**typed, "csrfmiddlewaretoken": "x" * 64})
    assert errors.written(request) == [LONG]


def test_a_short_sentence_is_shown_back_too() -> None:
    request = RequestFactory().post("/", {"words": "I cannot sleep.", "kind": "me-too"})
    assert errors.written(request) == ["I cannot sleep."]
