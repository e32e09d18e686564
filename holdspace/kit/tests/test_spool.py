"""What waits on disk is noise there, and comes back as it was."""

from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.kit.server.spool import IN_MEMORY, Spool

WORDS = b"a word in confidence "


def test_what_is_small_stays_in_memory():
    spool = Spool()
    spool.write(WORDS)
    spool.seek(0)
    assert spool.read() == WORDS
    assert not spool.on_disk


def test_what_lies_on_disk_is_noise():
    spool = Spool()
    for _ in range(3 * IN_MEMORY // len(WORDS)):
        spool.write(WORDS)
    length = spool.tell()
    spool.seek(0)
    assert spool.on_disk
    assert spool.read() == WORDS * (length // len(WORDS))
    raw = spool._file.raw._file
    raw.seek(0)
    lying = raw.read()
    assert len(lying) == length
    assert WORDS not in lying
    spool.close()
    assert raw.closed


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 200_000), min_size=1, max_size=6), st.integers(1, 90_001))
def test_it_is_read_in_pieces_of_any_size(written, piece):
    spool, whole = Spool(), b""
    for number, size in enumerate(written):
        part = bytes([number]) * size
        whole += part
        spool.write(part)
    assert spool.seek(0, 2) == len(whole)
    spool.seek(0)
    read = b""
    while some := spool.read(piece):
        read += some
    assert read == whole
    spool.close()
