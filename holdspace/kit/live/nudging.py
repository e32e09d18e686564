"""The nudge: something was committed, so whoever tells listeners may look now.

It carries nothing at all. A process that nobody nudges looks every two seconds anyway, so a lost
nudge costs a moment and no word.
"""

from collections.abc import Callable

_ears: list[Callable[[], None]] = []


def when_moved(ear: Callable[[], None]) -> Callable[[], None]:
    """Have `ear` called after each commit that may matter; returns how to end that.

    It is called in the thread that committed and must neither wait nor fail.
    """
    _ears.append(ear)

    def deafen() -> None:
        if ear in _ears:
            _ears.remove(ear)

    return deafen


def moved() -> None:
    """Something was committed. Call it from `transaction.on_commit`."""
    for ear in tuple(_ears):
        ear()
