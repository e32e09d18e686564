"""Countries, zones and languages by their names."""

from holdspace.kit.pack_languages import lines
from holdspace.kit.places import LANGUAGES, languages


def test_the_file_of_languages_is_what_babel_says():
    assert LANGUAGES.read_text(encoding="utf-8").splitlines() == lines()


def test_languages_go_by_their_own_names():
    named = dict(languages())
    assert named["de"] == "Deutsch"
    assert named["cy"] == "Cymraeg"
    assert [name for _code, name in languages()] == sorted(named.values())
