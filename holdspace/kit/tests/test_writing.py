"""Templates say what Jinja's own say, word for word: escaping above all."""

from functools import cache

import pytest
from django.template import engines
from hypothesis import given, settings
from hypothesis import strategies as some
from jinja2 import Environment, StrictUndefined, UndefinedError, pass_context
from jinja2.exceptions import TemplateError
from markupsafe import Markup

EVERYTHING = """
{% macro part(x, y=1) %}<{{ x }}|{{ y }}|{% if caller is defined %}{{ caller() }}{% endif %}>
{% endmacro %}
{% block whole %}{{ x }}
{% for one in (x, x) %}{{ part(one) }}{{ loop.index }}{{ name(one) }}{% endfor %}
{{ part(x, y=x) }}{% call part(x) %}{{ x }}{% endcall %}{{ x ~ "<" ~ x }}{{ "<%s>"|format(x) }}
{% set kept %}<i>{{ x }}</i>{% endset %}{{ kept }}{{ [x]|join("<") }}{{ {"a": x}.get("a") }}
{% endblock %}"""


class Drawn:
    """Something of ours that brings its own markup."""

    def __html__(self) -> str:
        return "<b>drawn</b>"


class Called:
    """Something called that asks for the names around it."""

    @pass_context
    def __call__(self, context, one) -> str:
        return f"{context.name}{one}"


@pass_context
def name_of(context, one) -> str:
    return f"{context.name}{one}"


@cache
def compiled(source):
    """A template as we compile it, and as Jinja itself does."""
    alike = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    plain = Environment(autoescape=True, **alike)
    return [one.from_string(source) for one in (engines["jinja2"].env, plain)]


def both(source, **words):
    """What we write, and what Jinja itself does."""
    return [one.render(**words) for one in compiled(source)]


VALUES = some.one_of(
    some.text(), some.text().map(Markup), some.integers(), some.none(), some.floats(),
    some.lists(some.text()), some.builds(Drawn),
)  # fmt: skip


@settings(deadline=None)
@given(VALUES)
def test_every_value_stands_in_a_page_as_jinja_writes_it(value) -> None:
    for name in (name_of, Called(), str, "{}".format, lambda one: Markup("<{}>").format(one)):
        ours, theirs = both(EVERYTHING, x=value, name=name)
        assert ours == theirs


@pytest.mark.parametrize("evil", ["<script>", "\"'", "&amp;"])
def test_what_is_no_markup_is_escaped_wherever_it_stands(evil) -> None:
    ours, _theirs = both("{% macro m(x) %}{{ x }}{% endmacro %}{{ x }}{{ m(x) }}", x=evil)
    assert ours == str(Markup.escape(evil)) * 2


@pytest.mark.parametrize("wrong", ["{{ unheard }}", "{{ unheard() }}", "{{ 5() }}"])
def test_what_is_not_there_is_a_fault(wrong) -> None:
    with pytest.raises((UndefinedError, TemplateError, TypeError)):
        engines["jinja2"].env.from_string(wrong).render()
