"""How much of everything one run measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Listings in a small and a large directory, and in a feed to compare memory with; how often
    each wish is asked, how many rounds alternate, requests of a round, cold starts. Posts of a
    conversation that is read, and in a small and a large one; readers of one thread on a live line
    and replies they hear. Whether the forum may be fetched. Meetings of a calendar, and series that
    are unfolded.
    """

    few: int = 1_000
    many: int = 100_000
    middle: int = 10_000
    turns: int = 60
    rounds: int = 7
    requests: int = 96
    starts: int = 5
    posts: int = 42_000
    few_posts: int = 10_000
    many_posts: int = 1_000_000
    readers: int = 300
    replies: int = 10
    fetches: bool = True
    events: int = 500
    series: int = 5_000


FULL = Sizes()
SMALL = Sizes(
    many=10_000, middle=2_000, turns=40, rounds=5, requests=64, starts=3, many_posts=100_000
)
SMOKE = Sizes(
    few=40, many=80, middle=60, turns=3, rounds=1, requests=16, starts=1, posts=80, few_posts=40,
    many_posts=80, readers=16, replies=2, fetches=False, events=20, series=20,
)  # fmt: skip
