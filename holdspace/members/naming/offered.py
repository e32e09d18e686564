"""Three kindly names to choose from: birds, plants, weather, water, things of a house."""

from collections.abc import Collection
from pathlib import Path
from random import Random

from holdspace.members.naming.reading import skeleton

_HERE = Path(__file__).parent


def _listed(name: str) -> list[str]:
    lines = (_HERE / name).read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


THINGS = _listed("things.txt")
KINDS = _listed("kinds.txt")


def offer_names(
    n: int, taken: Collection[str], random: Random, *, paired: bool = False
) -> list[str]:
    """`n` different names whose skeletons are not in `taken`, in the order chance gave them.

    `taken` holds skeletons. When single words run short, or all are to be `paired`, a second word
    is put before them.
    """
    offered: list[str] = []
    used = set(taken)
    plain = list(THINGS)
    random.shuffle(plain)
    doubled = (f"{kind} {thing}" for thing in plain for kind in random.sample(KINDS, len(KINDS)))
    for name in doubled if paired else (*plain, *doubled):
        if len(offered) == n:
            break
        if skeleton(name) not in used:
            used.add(skeleton(name))
            offered.append(name)
    return offered
