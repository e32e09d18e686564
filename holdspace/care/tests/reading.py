"""How hard a page is to read: McLaughlin's SMOG grade, with syllables counted by their vowels."""

import re
from math import sqrt

MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
CARDS = re.compile(r'<section class="card stack helpline.*?</section>', re.DOTALL)
STOP = re.compile(r"</(p|li|h[1-6])>")


def words_of(page):
    """The words in <main>, every paragraph, heading and item ending a sentence."""
    main = MAIN.search(page).group()
    text = STOP.sub(". ", CARDS.sub("", main))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def syllables(word):
    """Groups of vowels, a silent last e not counted."""
    word = re.sub(r"(?<=[^aeiouyl])e[sd]?$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def smog(text):
    sentences = [s for s in re.split(r"[.?!:]+", text) if re.search(r"\w", s)]
    hard = [w for w in re.findall(r"[A-Za-z]+", text) if syllables(w) > 2]
    return 1.043 * sqrt(len(hard) * 30 / len(sentences)) + 3.1291
