"""The parts: each escapes what it is given, and the ring says what it draws."""

import re

import pytest
from django.template import engines

from holdspace.kit.parts import MACROS, PARTS
from holdspace.kit.ring import ring_sentence, ring_svg

EVIL = '"><script>alert(1)</script>&'

CALLS = {
    "button": "button(x, name=x, value=x, attrs={'data-x': x})",
    "button_link": "button_link(x, x)",
    "back": "back(x, x)",
    "onward": "onward(x, x)",
    "card": "card(x, href=x, id=x)",
    "notice": "notice(x, title=x)",
    "tag": "tag(x)",
    "nothing": "nothing(x, x, x, x)",
    "more": "more(x, id=x)",
    "doors": "doors([(x, x, x)])",
    "helpline": "helpline(x, [('call', x, x, x)], x)",
    "opening": "opening(x, x)",
    "facts": "facts([(x, x)])",
    "timeline": "timeline([(x, x)])",
    "row": "row(x, x, x, x)",
    "submenu": "submenu([(x, x, True)], x)",
    "table": "table(x, [x, x], [(x, x)])",
    "older": "older(x, x)",
    "stage": "stage(1, 3, x)",
    "person": "person(x, 7, note=x, href=x)",
    "ring": "ring(1, 3, x)",
    "clock": "clock(x, x, x, x)",
    "code_sheet": "code_sheet(x, x)",
    "meter": "meter(1, 2, x)",
}
WITH_CALLER = {"actions", "cards", "card", "more", "rows"}
ELSEWHERE = {"field", "fields", "error_summary", "weave_choices", "band", "picture", "icon"}


def drawn(source: str, **context: object) -> str:
    return engines["jinja2"].env.from_string(source).render(**context)


def test_every_part_is_tried_here_or_named_as_tried_elsewhere() -> None:
    assert set(MACROS) == {name for names in PARTS.values() for name in names}
    assert set(MACROS) == set(CALLS) | WITH_CALLER | ELSEWHERE


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_part_escapes_all_it_is_given(name) -> None:
    call = CALLS[name]
    text = drawn(
        f"{{% call {call} %}}{{{{ x }}}}{{% endcall %}}"
        if name in WITH_CALLER
        else f"{{{{ {call} }}}}",
        x=EVIL,
    )
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert 'x"><' not in text
    assert " style=" not in text


@pytest.mark.parametrize("name", sorted(WITH_CALLER - {"card", "more"}))
def test_a_part_that_holds_others_keeps_them(name) -> None:
    text = drawn(f"{{% call {name}() %}}<b>{{{{ x }}}}</b>{{% endcall %}}", x=EVIL)
    assert "<b>&#34;&gt;&lt;script&gt;" in text


@pytest.mark.parametrize("name", ["door", "window", "kettle", "coats", "lamp"])
def test_a_picture_is_small_and_silent(name) -> None:
    text = drawn("{{ picture(name) }}", name=name)
    assert 'aria-hidden="true"' in text
    assert len(text) < 1600
    assert not re.search(r'(?:fill|stroke)="#', text)  # its colours are the organisation's yarns


@pytest.mark.parametrize(
    ("taken", "places"), [(0, 1), (0, 8), (9, 12), (12, 12), (13, 12), (3, 90)]
)
def test_the_ring_draws_a_dot_for_every_place(taken, places) -> None:
    text = ring_svg(taken, places)
    here, free = text.count('class="here"'), text.count('class="free"')
    assert here + free == min(max(taken, places), 40)
    if places <= 40:
        assert here == taken
    assert text.count("stroke-dasharray") == free


def test_the_sentence_says_what_the_ring_shows() -> None:
    assert ring_sentence(9, 12) == "9 people are in the group. 3 places are free."
    assert ring_sentence(1, 2) == "One person is in the group. One place is free."
    assert ring_sentence(0, 8) == "Nobody has joined yet. 8 places are free."
    assert ring_sentence(12, 12) == "12 people are in the group. No place is free."


def test_an_attribute_that_is_true_stands_by_its_name_alone() -> None:
    text = drawn("{{ button('Go', attrs={'formnovalidate': True, 'hidden': False, 'id': 'a'}) }}")
    assert " formnovalidate " in text
    assert "hidden" not in text
    assert 'id="a"' in text
