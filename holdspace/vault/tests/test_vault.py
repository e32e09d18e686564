import pytest
from django.core.exceptions import FieldError
from django.db import connection

from holdspace.kit import scope as organisation_scope
from holdspace.ledger.acts import outside_act
from holdspace.ledger.chain import record, verify
from holdspace.ledger.models import Line
from holdspace.vault import keys, rootkey, scopes, sealing
from holdspace.vault.jar import Jar
from holdspace.vault.models import Erasure, Key
from holdspace.vault.tags import tag

pytestmark = pytest.mark.django_db


def test_sealed_bytes_open_only_at_their_place_and_in_their_scope():
    one, two = scopes.open_scope(), scopes.open_scope()
    sealed = sealing.seal_bytes(one, b"what she said", "post|text|1")
    assert sealing.open_bytes(one, sealed, "post|text|1") == b"what she said"
    for scope, place in [(one, "post|text|2"), (two, "post|text|1")]:
        with pytest.raises(sealing.Unopenable):
            sealing.open_bytes(scope, sealed, place)


def test_ending_a_parent_ends_what_is_below_it():
    group = scopes.open_scope()
    member = scopes.open_scope(parent=group)
    sealed = sealing.seal_bytes(member, b"hello", "x")
    assert scopes.shred([group]) == 2
    with pytest.raises(sealing.Unopenable):
        sealing.open_bytes(member, sealed, "x")
    assert not scopes.is_open(member)


def test_shredding_is_listed_and_replayed_after_a_restore():
    gone, stays = scopes.open_scope(), scopes.open_scope()
    copy = Key.objects.get(scope=gone)
    scopes.shred([gone])
    assert [bytes(e.tag) for e in Erasure.objects.all()] == [scopes.erasure_tag(gone)]
    Key.objects.bulk_create([copy])  # an older key backup comes back
    assert scopes.replay_erasures() == 1
    assert scopes.is_open(stays)
    assert not scopes.is_open(gone)
    assert scopes.replay_erasures() == 0


def test_a_key_remembered_here_is_forgotten_when_another_process_shreds():
    scope = scopes.open_scope()
    keys.data_key(scope)
    keys._remember(scope, keys.data_key(scope))
    from django.db.models import F

    from holdspace.vault.models import Generation

    Key.objects.filter(scope=scope).delete()
    Generation.objects.filter(id=1).update(number=F("number") + 1)
    with pytest.raises(sealing.Unopenable):
        keys.data_key(scope)


def test_prefetch_opens_a_family_in_one_query_a_floor(django_assert_num_queries):
    group = scopes.open_scope(parent=scopes.open_scope())
    members = [scopes.open_scope(parent=group) for _ in range(12)]
    keys.forget()
    keys.begin_request()
    try:
        with django_assert_num_queries(3, using="keys"):
            scopes.prefetch(members)
        with django_assert_num_queries(0, using="keys"):
            scopes.prefetch(members)
            keys.data_key(members[3])
    finally:
        keys.end_request()


def test_tags_differ_by_scope_and_purpose():
    one, two = scopes.open_scope(), scopes.open_scope()
    assert tag(one, "name", "wren") == tag(one, "name", "wren")
    assert len({tag(one, "name", "wren"), tag(two, "name", "wren"), tag(one, "mail", "wren")}) == 3


def test_a_sealed_column_holds_ciphertext_and_refuses_lookups():
    scope = scopes.open_scope()
    with outside_act("test"):
        line = record(scope, "test.done", actor="somebody", words="canary-7731")
    again = Line.objects.get(id=line.id)
    assert again.sealed["facts"] == {"words": "canary-7731"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM ledger_line")
        assert b"canary" not in bytes(cursor.fetchone()[0])
    with pytest.raises(FieldError):
        Line.objects.filter(sealed={"a": 1}).first()


def test_a_chain_tells_where_it_was_changed():
    scope = scopes.open_scope()
    with outside_act("test"):
        for number in range(3):
            record(scope, "test.done", actor="somebody", number=number)
        assert list(verify(scope)) == []
        Line.objects.filter(chain=scope, number=2).update(kind="test.undone")
    assert [b.number for b in verify(scope)] == [2, 3] or [b.number for b in verify(scope)] == [2]


def test_a_chain_tells_when_its_end_was_cut():
    scope = scopes.open_scope()
    with outside_act("test"):
        for _ in range(3):
            record(scope, "test.done", actor="somebody")
        Line.objects.filter(chain=scope, number=3).delete()
    assert [b.why for b in verify(scope)] == ["lines are missing at the end"]


def test_the_jar_keeps_only_what_we_sealed(rf):
    from django.http import HttpResponse

    jar, answer = Jar({}), HttpResponse()
    jar["choose"] = {"topic": "grief"}
    request = rf.get("/")
    jar.write(request, answer, secure=True)
    cookie = answer.cookies["hs_choose"].value
    assert "grief" not in cookie
    assert Jar({"hs_choose": cookie}).get("choose") == {"topic": "grief"}
    assert Jar({"hs_other": cookie}).get("other") is None
    assert Jar({"hs_choose": "rubbish"}).get("choose") is None


def test_rows_of_an_organisation_are_out_of_reach_without_it():
    assert organisation_scope._current.get() is None
    with pytest.raises(organisation_scope.OutsideOrganisation):
        organisation_scope.current()


def test_a_half_written_root_key_never_counts_as_the_newest(monkeypatch):
    before = rootkey.epochs()

    def full(_handle: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(rootkey.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        rootkey.write_epoch(before[-1] + 1)
    assert rootkey.epochs() == before
    assert not list(rootkey.folder().glob(".growing-*"))
