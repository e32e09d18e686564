"""Everything held on somebody as one file: JSON for machines, a page for reading. Never on disk."""

import io
import json
import zipfile
from typing import Any

from django.template.loader import render_to_string

from holdspace.kit import clock

README = "everything.html"


def packed(everything: dict[str, Any], house: str) -> bytes:
    """A zip with everything.json and everything.html."""
    made = io.BytesIO()
    context = {"everything": everything, "house": house, "day": clock.today()}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        text = json.dumps(everything, ensure_ascii=False, indent=2, default=str)
        bundle.writestr("everything.json", text)
        bundle.writestr(README, render_to_string("consent/_everything.html", context))
    return made.getvalue()
