"""What must not come through in free text, and what must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.directory.feeds.fields import page, prose, title, words
from holdspace.directory.feeds.scrub import MARK, plain, scrubbed, without_numbers

FILLER = "Please come in by the side door and wait in the hall. "


@pytest.mark.parametrize(
    "trace",
    [
        "jane.doe@example.org", "jane (at) example.org", "jane at example dot org",
        "+44 113 496 0000", "0113 496 0000", "(302) 555-0100", "302.555.0100", "555-0100",
        "https://zoom.us/j/123?pwd=abc", "zoom.us/j/99887766", "paypal.me/jane", "www.x.org/a",
        "passcode: sunshine", "Password is Hope2day", "Meeting ID: 812 3456 7890", "PIN 4321",
        "Venmo @jane-doe", "cash app $janed", "@janedoe", "Contact Jane Doe", "call Mary",
        "hosted by Sam T", "Chaired by Bob and Sue", "1-800-FLOWERS", "pwd=Xy12",
        "jane\uff20example.org",
    ],
)  # fmt: skip
def test_traces_are_left_out(trace: str) -> None:
    text = scrubbed(FILLER + trace + ". " + FILLER)
    assert MARK in text
    for word in trace.replace("@", " ").split():
        if word[-1].isalnum() and any(c.isdigit() for c in word) and len(word) > 3:
            assert word not in text
    for name in ("jane", "Jane", "Mary", "Sam T", "Bob", "Sue", "sunshine", "Hope2day", "FLOWERS"):
        assert name not in text
    assert "side door" in text


@pytest.mark.parametrize(
    "harmless",
    [
        "Doors open 18.30 - 20.00 every week", "Since 2019-2023 we met here", "Room 12, floor 3",
        "From 2024-01-15 onwards", "Call before you come", "Ask for the Community room",
        "95B Campbell Pl, Bethany Beach, DE 19930-1234", "May through September", "al-anon.org",
        "12 & 12 book, 24 hours, 7 days", "Contact us first",
    ],
)  # fmt: skip
def test_harmless_words_stay(harmless: str) -> None:
    assert scrubbed(FILLER + harmless) == (FILLER + harmless)


def test_html_and_invisible_signs_go() -> None:
    text = plain("<p>Hello&nbsp;<b>all</b></p><script>x()</script><p>two\u200b\u202e</p>")
    assert text == "Hello all\ntwo"
    assert "jane" not in scrubbed(FILLER + "ja\u200bne@exam\u00adple.org")
    assert "jane" not in scrubbed(FILLER + "jane<b>@</b>example.org")
    assert "jane" not in scrubbed(FILLER + "jane&#64;example.org")


def test_a_line_that_was_only_a_trace_goes_whole() -> None:
    assert prose("Quiet room.\nZoom ID: 123 456 7890 passcode: abc\nBring a cushion.") == (
        "Quiet room.\nBring a cushion."
    )


def test_a_cut_never_bares_half_a_number() -> None:
    text = scrubbed("word " * 3_999 + "0113 496 0000 jane@example.org")
    assert "0113" not in text


def test_names_lose_registration_numbers() -> None:
    assert title("30818592 Parents Supporting Parents") == "Parents Supporting Parents"
    assert words("Hall, call 0113 496 0000") == "Hall, call"


@pytest.mark.parametrize(
    "bad",
    ["javascript:alert(1)", "https://zoom.us/j/1", "https://user:pw@example.org/", "//x.org",
     "https://127.0.0.1/", "http://localhost/", "https://example.org/\x00", "ftp://example.org",
     "https://example.org/?m=jane@example.org", "https://paypal.me/jane", 5, None],
)  # fmt: skip
def test_addresses_that_are_not_shown(bad: object) -> None:
    assert page(bad) == ""


def test_addresses_lose_their_secrets() -> None:
    assert page("https://Example.org/a?id=3&pwd=x#top") == "https://example.org/a?id=3"


@given(st.text(max_size=400))
def test_scrubbing_any_text_ends_and_leaves_no_mail(text: str) -> None:
    once = scrubbed(text)
    assert without_numbers(once).count(MARK) <= once.count(MARK) + 3
    assert "\x00" not in once
    once.encode("utf-8")


@given(
    st.from_regex(r"[a-z]{2,8}\.?[a-z]{0,8}@[a-z]{2,10}\.(org|com|co\.uk)", fullmatch=True),
    st.from_regex(r"(\+\d{2} )?\d{3}[ .-]\d{3}[ .-]\d{4}", fullmatch=True),
)
def test_any_mail_and_number_goes(mail: str, number: str) -> None:
    text = scrubbed(f"{FILLER}{mail} or {number} please. {FILLER}")
    assert mail not in text
    assert number not in text
