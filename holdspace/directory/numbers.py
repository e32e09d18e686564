"""Sets of listing numbers: small as they are kept, one large integer as they are crossed.

A listing's number is its place in an integer of as many bits as there are listings: to ask for all
of five things in a hundred thousand listings is four `&` of 12 kB, whatever the things are.
"""

import re
import struct
from collections.abc import Collection, Iterable

BLOCK = 65_536  # numbers of one row of the word table
_WHOLE = BLOCK // 8  # bytes with a bit for each number
_FEW = 512  # so many are kept one by one, two bytes each; more as bits
_NOT_EMPTY = re.compile(rb"[^\0]")
_PLACES = [tuple(place for place in range(8) if byte >> place & 1) for byte in range(256)]


def packed(within: Iterable[int]) -> bytes:
    """Numbers of one block (0 to 65,535) as they are kept."""
    each = sorted(within)
    if len(each) <= _FEW:
        return struct.pack(f"<{len(each)}H", *each)
    bits = bytearray(_WHOLE)
    for number in each:
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)


def changed(kept: bytes, plus: Collection[int], minus: Collection[int]) -> bytes:
    """The same set with some numbers more and some less."""
    if len(kept) < _WHOLE:
        return packed({*_each(kept)}.union(plus).difference(minus))
    bits = bytearray(kept)
    for number in plus:
        bits[number >> 3] |= 1 << (number & 7)
    for number in minus:
        bits[number >> 3] &= ~(1 << (number & 7))
    left = int.from_bytes(bits, "little")
    return packed(in_order(left)) if minus and left.bit_count() <= _FEW else bytes(bits)


def joined(parts: Iterable[tuple[int, bytes]]) -> int:
    """All numbers of some kept sets, each with its block, as one integer."""
    whole = 0
    few = bytearray()
    for block, kept in parts:
        if len(kept) == _WHOLE:
            whole |= int.from_bytes(kept, "little") << (block * BLOCK)
            continue
        start = block * _WHOLE
        if len(few) < start + _WHOLE:
            few.extend(bytes(start + _WHOLE - len(few)))
        for number in _each(kept):
            few[start + (number >> 3)] |= 1 << (number & 7)
    return whole | int.from_bytes(few, "little")


def in_order(bits: int) -> list[int]:
    """The numbers in such an integer, the smallest first."""
    held = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return [
        (found.start() << 3) + place
        for found in _NOT_EMPTY.finditer(held)
        for place in _PLACES[held[found.start()]]
    ]


def _each(kept: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(kept) // 2}H", kept)
