"""The operator's commands, on databases of their own: files, or PostgreSQL where tests have it."""

import datetime as dt
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from holdspace.kit import clock
from holdspace.ledger import actions, rehearsal
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.ledger.chain import record
from holdspace.ledger.models import Line
from holdspace.ledger.queries import last_day_of
from holdspace.ledger.rehearsal import empty_databases
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


def attempt(env, *command):
    return subprocess.run(
        [sys.executable, str(settings.ROOT / "manage"), *command],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def run(env, *command):
    done = attempt(env, *command)
    assert done.returncode == 0, done.stderr
    return done.stdout


def python(env, code):
    return run(env, "shell", "--no-imports", "-c", code)


SEED = """
from django.core.management import call_command
from django.db import transaction
for database in ("keys", "default"):
    call_command("migrate", database=database, verbosity=0)
from holdspace.ledger.acts import outside_act
from holdspace.ledger.chain import record
from holdspace.vault import rootkey, scopes
rootkey.ensure(); scopes.ensure_installation()
with outside_act("seed"), transaction.atomic():
    for name in ("stays", "goes"):
        s = scopes.open_scope(); record(s, "test." + name, actor="x", words="canary-" + name)
"""
ERASE = """
from holdspace.ledger.models import Line
from holdspace.vault import scopes
scopes.shred([Line.objects.get(kind="test.goes").scope])
"""
LOOK = """
from io import StringIO
from django.core.management import call_command
from holdspace.ledger.models import Line
from holdspace.vault.ciphers import Unopenable
for line in Line.objects.filter(kind__startswith="test.").order_by("kind"):
    try: print(line.kind, line.sealed["facts"]["words"])
    except Unopenable: print(line.kind, "gone")
call_command("verify_ledger", stdout=StringIO())
"""


@pytest.fixture
def elsewhere(tmp_path):
    """A second installation in databases of its own: one scope that stays and one that goes."""
    with empty_databases() as urls:
        env = {
            "HOLDSPACE_DATA": str(tmp_path / "var"),
            "HOLDSPACE_TESTING": "",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **urls,
        }
        for part in ("content", "keys"):
            (tmp_path / "var" / part).mkdir(parents=True, mode=0o700)
        python(env, SEED)
        yield env


@pytest.fixture
def new_machine(elsewhere, tmp_path):
    """Empty databases, and no key at all."""
    with empty_databases() as urls:
        yield {**elsewhere, **urls, "HOLDSPACE_DATA": str(tmp_path / "new")}


def test_what_was_erased_after_the_backup_stays_erased_after_the_restore(elsewhere, tmp_path):
    base = str(tmp_path / "backups")
    run(elsewhere, "backup", base)
    run(elsewhere, "rotate_root_key")  # the epoch of the backup is still there
    python(elsewhere, ERASE)
    said = run(elsewhere, "restore", base)
    assert "1 erased keys destroyed again" in said
    seen = python(elsewhere, LOOK).splitlines()
    assert seen == ["test.goes gone", "test.stays canary-stays"]


def test_a_burnt_machine_comes_back_with_the_sheet_and_a_rehearsal_proves_it(
    elsewhere, new_machine, tmp_path
):
    base = tmp_path / "backups"
    printed = run(elsewhere, "root_sheet")
    run(elsewhere, "backup", str(base))
    assert "chains hold" in run(elsewhere, "rehearse_restore", str(base))
    words = " ".join(line for line in printed.splitlines() if re.fullmatch(r"(\w{4} *){4,5}", line))
    sealed = next((base / "keys").glob("*Z")) / "root-for-second-holder.bin"
    assert len(sheet.read_sheet(words)) == 32
    code = (
        "from holdspace.ledger.actions import restore_backup; from pathlib import Path;"
        f"restore_backup(Path({str(base)!r}), by='operator', typed_sheet={words!r})"
    )
    python(new_machine, code)
    seen = python(new_machine, LOOK).splitlines()
    assert seen == ["test.goes canary-goes", "test.stays canary-stays"]
    assert sealed.exists()


def test_a_damaged_backup_is_refused_before_anything_is_replaced(elsewhere, tmp_path):
    base = tmp_path / "backups"
    run(elsewhere, "backup", str(base))
    file = next((base / "content").glob("*Z/copy.*"))
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(AssertionError, match="was changed"):
        run(elsewhere, "restore", str(base))
    assert "canary-goes" in python(elsewhere, LOOK)


def test_a_copy_that_does_not_hold_fails_the_rehearsal(elsewhere, tmp_path):
    base = tmp_path / "backups"
    python(elsewhere, "from holdspace.ledger.models import Line; Line.objects.update(number=9)")
    run(elsewhere, "backup", str(base))
    done = attempt(elsewhere, "rehearse_restore", str(base))
    assert done.returncode
    assert "did not hold" in done.stderr


def test_shred_destroys_one_scope_and_asks_why(elsewhere):
    ask = "from holdspace.ledger.models import Line;print(Line.objects.get(kind='test.goes').scope)"
    scope = python(elsewhere, ask).strip()
    with pytest.raises(CommandError, match="--reason"):
        call_command("shred", scope)
    for refused in ((scope, "--reason", ""), (str(scopes.INSTALLATION), "--reason", "all")):
        with pytest.raises(CommandError, match="needs a reason, and never"):
            call_command("shred", *refused)
    said = run(elsewhere, "shred", scope, "--reason", "asked for in writing")
    assert said == "1 keys destroyed\n"
    assert python(elsewhere, LOOK).splitlines() == ["test.goes gone", "test.stays canary-stays"]


def test_rotate_root_key_opens_all_from_before_with_the_new_epoch_alone(elsewhere):
    root = Path(elsewhere["HOLDSPACE_DATA"]) / "keys" / "root"
    before = set(root.iterdir())
    said = run(elsewhere, "rotate_root_key")
    assert re.fullmatch(r"[1-9]\d* keys wrapped anew, 0 old epochs destroyed\n", said)
    assert len(set(root.iterdir()) - before) == 1
    for old in before:
        old.rename(root.parent / old.name)
    seen = python(elsewhere, LOOK).splitlines()
    assert seen == ["test.goes canary-goes", "test.stays canary-stays"]


BETWEEN = """
from pathlib import Path
from django.db import transaction
from holdspace.ledger import actions
from holdspace.ledger.acts import outside_act
from holdspace.ledger.chain import record
from holdspace.vault import scopes
from holdspace.vault.backup import copies
take, made = copies.take, []
def taken(base, part):
    if not made:  # before the first copy, whichever it is, and once more between the two
        made.append(write("early"))
    copy = take(base, part)
    made.append(write("late"))
    return copy
def write(name):
    with outside_act("somebody writes"), transaction.atomic():
        s = scopes.open_scope(); record(s, "test." + name, actor="x", words="canary-" + name)
copies.take = taken
actions.take_backup(Path({base!r}), by="operator")
"""
PROVE = """
from holdspace.kit import scope
from holdspace.ledger.proof import prove
with scope.everywhere("test"): print(prove()["closed"], "do not open")
"""


def test_what_is_written_between_the_two_copies_never_lacks_its_key(elsewhere, tmp_path):
    """Content first, keys after: every word in the copy opens, and what came later is not in it."""
    base = str(tmp_path / "backups")
    python(elsewhere, BETWEEN.format(base=base))
    run(elsewhere, "restore", base)
    seen = python(elsewhere, LOOK + PROVE).splitlines()
    assert seen == [
        "test.early canary-early",
        "test.goes canary-goes",
        "test.stays canary-stays",
        "0 do not open",
    ]


def test_a_backup_alone_names_nobody(elsewhere, tmp_path):
    base = tmp_path / "backups"
    run(elsewhere, "backup", str(base))
    for file in base.rglob("*"):
        if file.is_file():
            assert b"canary" not in file.read_bytes()


def test_a_rehearsal_says_which_right_is_missing(monkeypatch):
    from psycopg import errors, sql

    def refused(*_told, **_more):
        raise errors.InsufficientPrivilege("permission denied to create database")

    monkeypatch.setattr(rehearsal.psycopg, "connect", refused)
    with pytest.raises(rehearsal.RehearsalFailed, match="CREATEDB"):
        rehearsal._administer("default", sql.SQL("CREATE DATABASE {}").format("x"))
