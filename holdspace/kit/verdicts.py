"""Yes, or no with a reason that a person can read."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule answers. Truthy when it says yes; `reason` is a sentence for the screen."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: "Verdict") -> "Verdict":
        return other if self.allowed else self


def yes() -> Verdict:
    """It may be done."""
    return Verdict(allowed=True)


def no(reason: str | Promise) -> Verdict:
    """It may not be done, and this is why."""
    return Verdict(allowed=False, reason=reason)


def when(condition: bool, otherwise: str | Promise) -> Verdict:
    """Yes if `condition` holds, else no for the reason given."""
    return yes() if condition else no(otherwise)
