"""The operator's commands, on real files."""

import datetime as dt
import os
import re
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from holdspace.kit import clock
from holdspace.ledger import actions
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.ledger.chain import record
from holdspace.ledger.models import Line
from holdspace.ledger.queries import last_day_of
from holdspace.vault import keys, rootkey, rotation, scopes, sealing, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.process]


def at(year, month, day):
    return clock.at(dt.datetime(year, month, day, 12, tzinfo=dt.UTC))


def test_rotation_opens_what_was_sealed_before_and_destroys_old_epochs_in_time():
    scope = scopes.open_scope()
    sealed = sealing.seal_bytes(scope, b"still here", "x")
    before = rootkey.current_epoch()
    later = clock.now() + dt.timedelta(weeks=60)
    with clock.at(later):
        wrapped, _gone = actions.rotate_root_key(by=SYSTEM)
        middle = rootkey.current_epoch()
    assert wrapped >= 2
    assert before in rootkey.epochs()
    with clock.at(later + dt.timedelta(weeks=rotation.KEPT_WEEKS + 1)):
        _wrapped, gone = actions.rotate_root_key(by=SYSTEM)
    assert before in gone
    assert middle not in gone or middle == before
    keys.forget()
    assert sealing.open_bytes(scope, sealed, "x") == b"still here"
    with outside_act("put the epoch of this test's database away"):
        rotation.wrap_all_in(rootkey.current_epoch())


def test_people_are_told_the_day_after_which_no_backup_can_restore_them():
    sunday, monday = dt.date(2026, 11, 22), dt.date(2026, 11, 23)
    assert rotation.gone_by(sunday) == dt.date(2026, 12, 21)
    assert rotation.gone_by(monday) == dt.date(2026, 12, 28)


def test_shredding_needs_a_reason_and_leaves_a_line():
    scope = scopes.open_scope()
    with pytest.raises(ValueError, match="reason"):
        actions.shred_scope(by=SYSTEM, scope=scope, reason="")
    assert actions.shred_scope(by=SYSTEM, scope=scope, reason="asked for in writing") == 1
    assert not scopes.is_open(scope)
    assert last_day_of("scope.shredded") == clock.today()


def test_verify_ledger_says_where_a_chain_breaks():
    scope = scopes.open_scope()
    with outside_act("test"):
        record(scope, "test.done", actor="somebody")
        said = StringIO()
        call_command("verify_ledger", stdout=said)
        assert "hold" in said.getvalue()
        Line.objects.filter(chain=scope).update(day=dt.date(2001, 1, 1))
        with pytest.raises(CommandError, match="1 breaks"):
            call_command("verify_ledger", stdout=said)


def test_the_sheet_survives_being_copied_by_hand_and_refuses_a_slip():
    words = sheet.make_sheet().words
    secret = sheet.read_sheet(words)
    assert sheet.read_sheet(words.upper().replace("0", "O").replace("1", "l")) == secret
    slip = words.replace(words[0], "z" if words[0] != "z" else "y", 1)
    with pytest.raises(sheet.UnreadableSheet):
        sheet.read_sheet(slip)


def run(env, *command):
    done = subprocess.run(
        [sys.executable, str(settings.ROOT / "manage"), *command],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SEED = """
from holdspace.ledger.acts import outside_act
from holdspace.ledger.chain import record
from holdspace.vault import rootkey, scopes
rootkey.ensure(); scopes.ensure_installation()
with outside_act("seed"):
    for name in ("stays", "goes"):
        s = scopes.open_scope(); record(s, "test." + name, actor="x", words="canary-" + name)
"""
ERASE = """
from holdspace.ledger.models import Line
from holdspace.vault import scopes
scopes.shred([Line.objects.get(kind="test.goes").scope])
"""
LOOK = """
from holdspace.ledger.models import Line
from holdspace.vault.ciphers import Unopenable
for line in Line.objects.filter(kind__startswith="test.").order_by("kind"):
    try: print(line.kind, line.sealed["facts"]["words"])
    except Unopenable: print(line.kind, "gone")
"""


@pytest.fixture
def elsewhere(tmp_path):
    """A second installation in files of its own, with one scope that stays and one that goes."""
    env = {
        "HOLDSPACE_DATA": str(tmp_path / "var"),
        "HOLDSPACE_TESTING": "",
        "DATABASE_URL": "",
        "KEYS_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    for part in ("content", "keys"):
        (tmp_path / "var" / part).mkdir(parents=True, mode=0o700)
    for database in ("keys", "default"):
        run(env, "migrate", "--database", database, "-v0")
    run(env, "shell", "--no-imports", "-c", SEED)
    return env


def test_what_was_erased_after_the_backup_stays_erased_after_the_restore(elsewhere, tmp_path):
    base = str(tmp_path / "backups")
    run(elsewhere, "backup", base)
    run(elsewhere, "shell", "--no-imports", "-c", ERASE)
    said = run(elsewhere, "restore", base)
    assert "1 erased keys destroyed again" in said
    seen = run(elsewhere, "shell", "--no-imports", "-c", LOOK).splitlines()
    assert seen == ["test.goes gone", "test.stays canary-stays"]
    run(elsewhere, "verify_ledger")


def test_a_burnt_machine_comes_back_with_the_sheet_and_a_rehearsal_proves_it(elsewhere, tmp_path):
    base = tmp_path / "backups"
    printed = run(elsewhere, "root_sheet")
    run(elsewhere, "backup", str(base))
    assert "chains hold" in run(elsewhere, "rehearse_restore", str(base))
    words = " ".join(line for line in printed.splitlines() if re.fullmatch(r"(\w{4} *){4,5}", line))
    sealed = next((base / "keys").glob("*Z")) / "root-for-second-holder.bin"
    assert len(sheet.read_sheet(words)) == 32
    burnt = {**elsewhere, "HOLDSPACE_DATA": str(tmp_path / "new")}
    code = (
        "from holdspace.ledger.actions import restore_backup; from pathlib import Path;"
        f"restore_backup(Path({str(base)!r}), by='operator', typed_sheet={words!r})"
    )
    run(burnt, "shell", "--no-imports", "-c", code)
    seen = run(burnt, "shell", "--no-imports", "-c", LOOK).splitlines()
    assert seen == ["test.goes canary-goes", "test.stays canary-stays"]
    assert sealed.exists()


def test_a_damaged_backup_is_refused_before_anything_is_replaced(elsewhere, tmp_path):
    base = tmp_path / "backups"
    run(elsewhere, "backup", str(base))
    file = next((base / "content").glob("*Z/copy.sqlite3"))
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(AssertionError, match="was changed"):
        run(elsewhere, "restore", str(base))
    assert "canary-goes" in run(elsewhere, "shell", "--no-imports", "-c", LOOK)


def test_a_backup_alone_names_nobody(elsewhere, tmp_path):
    base = tmp_path / "backups"
    run(elsewhere, "backup", str(base))
    for file in base.rglob("*"):
        if file.is_file():
            assert b"canary" not in file.read_bytes()
