"""Words that somebody may type who is in danger: beside what is found, help is said.

The lists are wide on purpose: one line of help too many hurts nobody. They are translated as a
whole, so that each language brings its own words, and are read in English as well, since somebody
may write either; what is not listed here is not noticed, and the page never says otherwise.
"""

import re
from functools import cache

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from holdspace.directory.gazetteer import folded

APOSTROPHES = re.compile("['\u2019]")


def is_tender(words: str) -> bool:
    """Whether words of a search speak of suicide, self-harm or abuse, also run together."""
    text = folded(APOSTROPHES.sub("", words))
    spoken = {settings.LANGUAGE_CODE, get_language() or settings.LANGUAGE_CODE}
    return any(_is_among(text, *_listed(language)) for language in spoken)


def _is_among(text: str, beginnings: re.Pattern[str], phrases: list[str]) -> bool:
    together = text.replace(" ", "")
    return bool(beginnings.search(text)) or any(phrase in together for phrase in phrases)


@cache
def _listed(language: str) -> tuple[re.Pattern[str], list[str]]:
    with override(language):
        beginnings = [folded(word) for word in _begins().split(",")]
        phrases = [folded(words).replace(" ", "") for words in _says().split(",")]
    return re.compile(rf"\b(?:{'|'.join(beginnings)})"), phrases


def _begins() -> str:
    # Beginnings of words, apart by commas, that speak of suicide, self-harm, abuse or violence.
    # Translate freely: the words people would type in your language, not these one by one.
    return _(
        "suicid, overdos, abus, rape, raping, rapist, incest, molest, assault, strangl, stalk, "
        "batter, beaten, beats me, beating me, hits me, hitting me, hurts me, hurting me, "
        "unalive, kms, cutting, self harm, self injur, noose, hang my"
    )


def _says() -> str:
    # Phrases, apart by commas, that somebody in danger may type; written in any spacing.
    # Translate freely: the words people would type in your language, not these one by one.
    return _(
        "kill myself, killing myself, kill my self, killed myself, killed himself, killed "
        "herself, end my life, ending my life, end it all, ending it all, take my life, taking "
        "my life, took his own life, took her own life, took their own life, want to die, wanna "
        "die, wanting to die, wish i was dead, wish i were dead, better off dead, better off "
        "without me, dont want to live, dont want to be here, dont want to be alive, do not "
        "want to live, do not want to be here, do not want to be alive, no reason to live, cant "
        "go on, cannot go on, not worth living, ready to die, hurt myself, hurting myself, harm "
        "myself, harming myself, cut myself, cut my wrist, selfharm, selfinjur, burn myself, "
        "starve myself, afraid of my husband, afraid of my wife, afraid of my partner, scared "
        "of my husband, scared of my wife, scared of my partner, afraid to go home, domestic "
        "violence, coercive control, died by suicide, jump off"
    )
