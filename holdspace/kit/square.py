"""A square code that a telephone's camera reads, drawn here and by nobody else."""

import segno
from markupsafe import Markup


def square(text: str, title: str) -> Markup:
    """`text` as an inline SVG with its title for those who do not see it."""
    code = segno.make(text, error="m", micro=False)
    return Markup(  # noqa: S704 -- segno escapes the title and draws the rest
        code.svg_inline(
            scale=5, border=4, dark="#000", light="#fff", title=title, svgclass="square"
        )
    )
