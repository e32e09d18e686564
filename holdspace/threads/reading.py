"""What one reader keeps for themself in one group, as their page and their list ask it.

Pure: it wraps the sealed `kept` of a Reader. Conversations are named by their numbers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_READ = 400  # conversations remembered; an older one counts as read
MOST_WORDS, LONGEST_WORD = 60, 40
FROM_THEN_ON = "since"


@dataclass(slots=True)
class Reading:
    """How far was read, what is followed, muted and folded."""

    kept: dict[str, Any] = field(default_factory=dict)

    def read_to(self, number: int) -> int:
        """The number of the last post read in this conversation; 0 for none."""
        return int(self.kept.get("read", {}).get(str(number), 0))

    def has_new(self, number: int, last: int | None) -> bool:
        """Whether something was said in it since it was read, unless it is muted.

        `last` is the number of the last post this reader may see, None where there is none.
        """
        if last is None or number in self.muted_threads:
            return False
        if str(number) in self.kept.get("read", {}):
            return self.read_to(number) < last
        return number > int(self.kept.get("forgotten", 0))

    @property
    def followed(self) -> list[int]:
        """Conversations followed."""
        return list(self.kept.get("follow", []))

    @property
    def muted_threads(self) -> list[int]:
        """Conversations muted."""
        return list(self.kept.get("mute", []))

    @property
    def folds(self) -> list[str]:
        """Content notes folded by this reader's own choice."""
        return list(self.kept.get("fold", []))

    @property
    def unfolds(self) -> list[str]:
        """Content notes the group folds and this reader would rather see open."""
        return list(self.kept.get("open", []))

    @property
    def words(self) -> list[str]:
        """Muted words, as typed."""
        return list(self.kept.get("words", []))

    @property
    def people(self) -> list[int]:
        """Ids of muted members."""
        return list(self.kept.get("people", []))

    @property
    def hides_unsigned(self) -> bool:
        """Whether unsigned posts stay folded."""
        return bool(self.kept.get("unsigned", False))

    @property
    def asks_for_pictures(self) -> bool:
        """Whether pictures wait until this reader asks for them."""
        return bool(self.kept.get("pictures", False))

    def folded(self, notes: Collection[str], by_group: Iterable[str]) -> list[str]:
        """Which of these content notes fold a text: the group's, and this reader's own."""
        if not notes:
            return []
        folding = (set(by_group) - set(self.unfolds)) | set(self.folds)
        return sorted(folding & set(notes))

    @property
    def folds_some(self) -> bool:
        """Whether anything is folded by this reader's own choice."""
        return bool(self.folds) or self.silences_some

    @property
    def silences_some(self) -> bool:
        """Whether anybody's words, or any words, are muted."""
        return bool(self.people or self.words or self.hides_unsigned)

    def silences(self, member: int | None, *, unsigned: bool, text: str) -> bool:
        """Whether a post is muted for this reader: by who wrote it, or by a word in it."""
        if unsigned and self.hides_unsigned:
            return True
        return member in self.people or self.has_muted_word(text)

    def has_muted_word(self, text: str) -> bool:
        """Whether a text holds a word this reader muted, in any case and inside longer words."""
        plain = text.casefold()
        return any(word.casefold() in plain for word in self.words)


def with_read(kept: dict[str, Any], number: int, last: int) -> dict[str, Any]:
    """The same, read as far as `last` in a conversation; the oldest numbers are let go."""
    read = {**kept.get("read", {})}
    read[str(number)] = max(last, int(read.get(str(number), 0)))
    forgotten = int(kept.get("forgotten", 0))
    while len(read) > MOST_READ:
        oldest = min(read, key=int)
        forgotten = max(forgotten, int(oldest))
        del read[oldest]
    return {**kept, "read": read, "forgotten": forgotten}


def with_one(kept: dict[str, Any], name: str, one: int, *, there: bool) -> dict[str, Any]:
    """The same, with one number in or out of a list (follow, mute, people)."""
    rest = [other for other in kept.get(name, []) if other != one]
    return {**kept, name: [*rest, one] if there else rest}
