"""Names that would pass for somebody who leads: a leader's own, a role's, the organisation's."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.members.naming.reading import skeleton, words

# Read in English and in the reader's language: somebody may write either.
_ENGLISH = (
    "facilitator facilitators cofacilitator leader admin admins administrator staff coordinator "
    "moderator moderators mod host organiser organizer operator greeter timekeeper therapist "
    "counsellor counselor psychologist psychiatrist doctor nurse official team"
)
# Translators: words by which people may pass for somebody who works here, with spaces between.
_HERE: Promise = _(
    "facilitator facilitators cofacilitator leader admin admins administrator staff coordinator "
    "moderator moderators mod host organiser organizer operator greeter timekeeper therapist "
    "counsellor counselor psychologist psychiatrist doctor nurse official team"
)
_LONG = 9  # letters of a role's name that stands in no other word, as "host" does in "ghost"
_TELLING = 4  # letters of a word of the organisation's name, so that "the" and "and" stay free


def passes_for(alias: str, *, leaders: Iterable[str], organisation: str) -> bool:
    """Whether `alias` could be taken for a leader by name, for a role, or for the organisation.

    Compared by what names look like, whole and word by word: "5am" and "Sam (facilitator)" pass
    for Sam, "Sampan" does not.
    """
    whole, parts = skeleton(alias), _parts(alias)
    for name in leaders:
        if whole == skeleton(name) or parts & _parts(name):
            return True
    roles = {skeleton(word) for word in f"{_ENGLISH} {_HERE}".split()}
    if whole in roles or parts & roles or any(len(r) >= _LONG and r in whole for r in roles):
        return True
    theirs = {part for part in _parts(organisation) if len(part) >= _TELLING}
    return bool(parts & theirs) or skeleton(organisation) in whole


def _parts(name: str) -> set[str]:
    """What each word of a name looks like, split as people read it and at spaces alone."""
    return {skeleton(word) for word in (*words(name), *name.split())} - {""}
