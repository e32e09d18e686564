"""Names: what is refused, what is warned about, which are the same, which are offered."""

# ruff: noqa: RUF001 -- letters that look alike are what this file is about

import unicodedata
from random import Random

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.members.naming import LONGEST, look_at, offer_names, passes_for, skeleton, tidy
from holdspace.members.naming.contacts import tells_how_to_reach
from holdspace.members.naming.offered import THINGS


def kinds(alias):
    return {finding.kind for finding in look_at(alias)}


@pytest.mark.parametrize(
    "alias",
    ["Wren", "Quiet Rowan", "Zoë", "Łucja", "木", "夜の灯", "Тихий", "ليلى", "अमन", "Bee 12",
     "Sea-glass", "O2", "Early Heron", "Rose Garden", "Winter Robin", "d’Arc", "Agent 99",
     "Việt Tế", "Ọ̀rọ̀", "שָׁלוֹם", "مُحَمَّد"],
)  # fmt: skip
def test_these_are_welcome(alias):
    assert kinds(alias) == set(), alias


@pytest.mark.parametrize(
    ("alias", "kind"),
    [
        ("", "empty"), ("   ", "empty"), ("\u200b\u200d", "empty"), ("x", "short"), ("!!", "short"),
        ("W" * 25, "long"),
        ("wren@example.org", "address"), ("wren (at) mail dot com", "address"),
        ("www.wren.uk", "address"), ("https://x.y", "address"), ("@wren_88", "address"),
        ("insta: wren", "address"), ("ig=wren", "address"), ("wren.link", "address"),
        ("wren＠mail.com", "address"), ("wr\u200ben@mail.com", "address"),
        ("Wren1987", "digits"), ("07700 900123", "digits"), ("٠١٢٣٤", "digits"),
        ("1 2 3 4", "digits"), ("+44 7700", "digits"),
        ("Wrеn", "mixed"), ("Ηeron", "mixed"),
        ("Anna Schmidt", "person"), ("anna schmidt", "person"), ("AnnaSchmidt", "person"),
        ("anna.schmidt", "person"), ("Schmidt, Anna", "person"), ("J. Patel", "person"),
        ("Fatima Ahmed", "person"), ("Siobhan O'Brien", "person"), ("John W Smith", "person"),
        ("Wren!", "signs"), ("$am", "signs"), ("Wren|", "signs"),
        ("Za" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307" + "lgo", "stacked"),
        ("Ivan Petrov", "person"), ("Мария Иванов", "person"), ("Anna Lindström-Berg", "person"),
    ],
)  # fmt: skip
def test_these_are_noticed(alias, kind):
    assert kind in kinds(alias), (alias, kinds(alias))


def test_only_what_looks_like_a_person_may_be_overruled():
    for alias in ("Anna Schmidt", "wren@example.org", "Wren1987", ""):
        for finding in look_at(alias):
            assert finding.firm == (finding.kind != "person")


@pytest.mark.parametrize(
    "alias",
    ["Sam", "sam", "S a m", "5am", "Sаm", "Sam (facilitator)", "Admin Sam", "SamTheSecond",
     "Facilitator", "co-facilitator", "Co-ordinator", "The Coordinator", "xxfacilitatorxx",
     "Adm1n", "Lanternside", "Lanternside staff", "LanternsideFriend", "Host", "Moderator",
     "Dr Okafor", "Nurse Fern"],
)  # fmt: skip
def test_nobody_passes_for_somebody_who_leads(alias):
    assert passes_for(alias, leaders=["Sam", "Ada Okafor"], organisation="Lanternside"), alias


@pytest.mark.parametrize(
    "alias",
    ["Wren", "Sampan", "Samphire", "Samuel", "Ghost", "Badminton", "Lantern", "Upstaff", "The Oak",
     "Teammate", "Quiet Adamant"],
)  # fmt: skip
def test_a_name_that_only_begins_alike_is_free(alias):
    house = "The Lanternside and Harbour Trust"
    assert not passes_for(alias, leaders=["Sam", "Ada"], organisation=house), alias


def test_roles_are_known_in_the_readers_language_too():
    with override("de"):
        assert passes_for("Admin Fern", leaders=[], organisation="Haus")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wren", "wren"), ("Wren", " W r e n "), ("Wren", "Wrеn"), ("Wren", "ＷＲＥＮ"),
        ("Wren", "W\u200bren"), ("Wren", "Wrén"), ("Wren", "vvren"), ("Moss", "M0ss"),
        ("Linnet", "Iinnet"), ("Linnet", "1innet"), ("Fern", "Fem"), ("Heron", "H3ron"),
        ("Sea-glass", "Sea Glass"), ("Ros", "𝐑𝐨𝐬"), ("Wren", "WREN."),
    ],
)  # fmt: skip
def test_look_alikes_are_the_same_name(one, other):
    assert skeleton(one) == skeleton(other)


def test_different_names_are_different():
    assert len({skeleton(t) for t in THINGS}) == len(THINGS) == len(set(THINGS))


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing_and_hides_nothing(typed):
    once = tidy(typed)
    assert tidy(once) == once
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} for c in once)
    assert skeleton(once) == skeleton(typed)


@given(st.text(max_size=60), st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", " ", "-"]))
def test_what_cannot_be_seen_makes_no_new_name(typed, hidden):
    assert skeleton(hidden.join(typed)) == skeleton(typed) or any(
        unicodedata.combining(c) or not c.isascii() for c in typed
    )


@given(st.text(max_size=200))
def test_looking_never_fails_and_says_why(typed):
    for finding in look_at(typed):
        assert str(finding.text)
    if not tidy(typed):
        assert kinds(typed) == {"empty"}
    if len(tidy(typed)) > LONGEST:
        assert "long" in kinds(typed)


@given(st.integers(0, 9999999999), st.sampled_from(["{}", "Wren {}", "w{}n", "{} wren"]))
def test_no_long_number_passes(number, shape):
    assert ("digits" in kinds(shape.format(number))) == (len(str(number)) > 3)


@given(st.from_regex(r"[a-z][a-z0-9.]{0,8}@[a-z]{2,8}\.(com|org|de)", fullmatch=True))
def test_no_mail_address_passes(address):
    assert "address" in kinds(address)
    assert tells_how_to_reach(f"Write to me: {address} please")


@settings(max_examples=60)
@given(st.integers(0, 12), st.sets(st.sampled_from(THINGS)), st.integers(0, 2**32))
def test_offered_names_are_free_different_and_fit_to_use(n, used, seed):
    taken = {skeleton(name) for name in used}
    offered = offer_names(n, taken, Random(seed))
    assert len(offered) == n
    assert len({skeleton(name) for name in offered}) == n
    assert not taken & {skeleton(name) for name in offered}
    assert all(kinds(name) == set() for name in offered)


def test_when_single_words_run_short_a_second_one_helps():
    offered = offer_names(40, {skeleton(t) for t in THINGS}, Random(1))
    assert len(offered) == 40
    assert all(" " in name and kinds(name) == set() for name in offered)


def test_a_hello_may_hold_years_but_no_number_to_ring():
    assert not tells_how_to_reach("It has been hard since 2019, about 3 years and 12 days.")
    assert not tells_how_to_reach("It was new for me.\n\nIt comes in waves.\r\nAt night most.")
    assert tells_how_to_reach("ring me: 07700 900 123")
    assert tells_how_to_reach("ring me: 07700\n900 123")
    assert tells_how_to_reach("find me @wren on insta: wren")
