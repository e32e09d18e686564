"""Rows whose keys are gone: what an old backup brings back of those who were erased since.

For every model with a key of its own: no page breaks over such a row, for nobody; once what
listens to a restore has run, no such row is left, and the places and turns of every group are
counted as the rows say.
"""

import pytest
from django.apps import apps
from django.db.models import BigIntegerField, Model

from holdspace.directory.actions import hold_upload
from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.ledger.events import announce, registered
from holdspace.ledger.worker import hear_now
from holdspace.members.models import Member, Ring, Waiting
from holdspace.notices import actions as notices
from holdspace.notices import post
from holdspace.vault.ciphers import Unopenable
from holdspace.vault.fields import SealedField
from holdspace.vault.scopes import shred, without_key
from sweeps.doors import answer, doors

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Whoever reads such a row: its own person, who leads, who arranges, who is beside it.
READERS = ["member", "left", "peer", "applicant", "waiting", "returning", "visitor", "facilitator",
           "coordinator"]  # fmt: skip
# Sealed under what it belongs to: a group, an organisation, a member.
SHARED = {
    "threads.Draft",
    "threads.Picture",
    "threads.Post",
    "threads.Reader",
    "threads.Talk",
    "threads.Thread",
    "threads.Version",
    "groups.Group",
    "organisations.Organisation",
    "staff.StaffAccount",
    "staff.StaffInvitation",
    "meetings.Series",
    "meetings.Meeting",
    "meetings.Change",
    "members.Recognition",
    "ledger.Line",
    "notices.MailTest",
}


def _own_key() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label != "vault"
        and model._meta.label not in SHARED
        and any(f.name == "scope" and isinstance(f, BigIntegerField) for f in model._meta.fields)
    ]


def _rows(model):
    with scope.everywhere("the sweep looks at all rows"):
        return list(model._base_manager.all())


def _closed():
    """Every sealed value of every row that does not open."""
    found = []
    for model in apps.get_models():
        sealed = [field for field in model._meta.fields if isinstance(field, SealedField)]
        for row in _rows(model) if sealed and model._meta.app_label != "vault" else []:
            found += [f"{model._meta.label}.{f.name}" for f in sealed if not _opens(row, f)]
    return found


def _opens(row, field):
    with scope.everywhere("the sweep opens all"):
        try:
            getattr(row, field.attname)
        except Unopenable:
            return False
    return True


def _ghosts(model):
    gone = without_key(row.scope for row in _rows(model))
    return [row for row in _rows(model) if row.scope in gone and getattr(row, "is_live", True)]


def _broken(world):
    found = []
    for door in doors():
        path = door.path(door.live(world))
        found += [
            f"{door.name} as {role}: {status}"
            for role in READERS
            if (status := answer(world.clients[role], "get", path).status_code) >= 500
            and not door.name.endswith("healthz")
        ]
    return found


@pytest.fixture
def whole(world, monkeypatch):
    """The small world, with a mail on its way and an erasure spread over a week."""
    from holdspace.consent.actions import intend_erasure

    monkeypatch.setattr(post, "is_set_up", lambda: True)
    with scope.entered(world.home.id):
        mail = {"to_address": "a@example.org", "subject": "x", "text": "y"}
        notices.send_mail(by=SYSTEM, scope=world.home.scope, **mail)
        intend_erasure(by=world.viewers["left"], spread=True)
        hold_upload(
            by=world.viewers["coordinator"], name="x", content=b"x", choices={"format": "auto"}
        )
    return world


def test_every_model_that_has_a_scope_is_looked_at(whole):
    assert {model._meta.label for model in _own_key() if not _rows(model)} == set()
    labels = {model._meta.label for model in apps.get_models()}
    assert labels >= SHARED


@pytest.mark.parametrize("label", sorted(m._meta.label for m in _own_key()))
def test_nothing_is_left_of_one_kind(whole, label):
    model = apps.get_model(label)
    with outside_act("what was erased since the backup"):
        shred(row.scope for row in _rows(model))
    assert _ghosts(model)
    _restored()
    assert [str(m._meta.label) for m in _own_key() if _ghosts(m)] == []
    assert _closed() == []
    _counts_are_true()


@pytest.mark.parametrize("of_people", [True, False])
def test_no_page_breaks_over_what_is_gone(whole, of_people):
    """With the accounts of those who look, and groups; or with all else that has a key."""
    more = {"people.Person", "groups.Group"}
    own = {model._meta.label for model in _own_key()} - more
    with outside_act("a key copy that lacks what the content has"):
        for label in more if of_people else own:
            shred(row.scope for row in _rows(apps.get_model(label)))
    assert _broken(whole) == []


def _restored():
    assert "ledger.restored" in registered()[2]
    with outside_act("a backup was put back"):
        announce("ledger.restored")
    assert hear_now("ledger.restored") == len(registered()[2]["ledger.restored"])


def _counts_are_true():
    with scope.everywhere("the sweep counts"):
        for ring in Ring.objects.all():
            here = Member.objects.filter(group=ring.group_id, standing__in=Member.CURRENT)
            offered = Waiting.objects.filter(group=ring.group_id, standing="offered")
            assert (ring.taken, ring.kept) == (here.count(), offered.count())
