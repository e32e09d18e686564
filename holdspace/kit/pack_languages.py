"""Makes `languages.tsv`: languages by their own names, from Babel (Unicode CLDR).

Run by hand when Babel brings news: `python -m holdspace.kit.pack_languages`.
To ask Babel for all of them keeps every locale it knows in memory: 100 MB.
"""

from babel import Locale
from babel.localedata import locale_identifiers

from holdspace.kit.places import LANGUAGES


def lines() -> list[str]:
    """One line for every language with two letters that has a name for itself, by that name."""
    codes = (code for code in locale_identifiers() if len(code) == 2)  # noqa: PLR2004
    named = ((Locale(code).get_display_name(code) or code, code) for code in codes)
    return [f"{code}\t{name}" for name, code in sorted((n.capitalize(), c) for n, c in named)]


if __name__ == "__main__":
    LANGUAGES.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
