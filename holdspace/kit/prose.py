"""What people write, from Markdown to clean HTML: once, when it is written.

Plain on purpose: paragraphs, lists, quotations, emphasis and links. No headings (a page has its
own), no pictures, no HTML, no code. What markdown-it makes of it passes through nh3 as well, so
that a fault in one does not become a hole.
"""

import html
import re
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "hr"}
REL = "nofollow noreferrer noopener"
OFF = ("heading", "lheading", "code", "fence", "backticks", "image", "reference")
BRIEF = 160  # characters of a brief


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "typographer": False})
    return made.disable(list(OFF))


def render(words: str) -> str:
    """The HTML of what was written, safe to show."""
    return nh3.clean(
        _markdown().render(words),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https"},
        link_rel=REL,
    )


def plain(rendered: str) -> str:
    """Rendered words without their markup, on one line."""
    apart = re.sub(r"</(p|li|blockquote)>|<br>", " ", rendered)
    return " ".join(html.unescape(nh3.clean(apart, tags=set())).split())


def brief(rendered: str, length: int = BRIEF) -> str:
    """The first words of rendered HTML, as plain text on one line."""
    words = plain(rendered)
    if len(words) <= length:
        return words
    cut = words[:length].rsplit(" ", 1)[0]
    return f"{cut.rstrip(',;:.')} …"


def as_written(rendered: str) -> Markup:
    """HTML that `render` made, for a template. Nothing else may be given to this."""
    return Markup(rendered)  # noqa: S704 -- it passed through nh3 when it was written
