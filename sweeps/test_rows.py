"""What we keep: every column named in privacy.toml, every id random, no stray times."""

import tomllib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from holdspace.kit.models import InsideOrganisation, OrganisationRow, RandomIdField
from sweeps.house import ROOT

LEVELS = {"public", "internal", "confidential", "secret"}
# keyed by what they are about
OWN_KEY = {"vault.Erasure", "vault.Generation", "ledger.Chain", "directory.Word"}


def _sections():
    return tomllib.loads((ROOT / "privacy.toml").read_text())


def _models():
    return [m for m in apps.get_models() if m.__module__.startswith("holdspace.")]


def test_every_column_has_a_level_a_reason_and_an_end():
    sections, wrong = _sections(), []
    for model in _models():
        section = sections.get(model._meta.label)
        columns = sorted(f.name for f in model._meta.get_fields() if f.concrete)
        if section is None:
            wrong.append(f"{model._meta.label} has no section")
        elif sorted(section["fields"]) != columns:
            wrong.append(f"{model._meta.label}: {set(columns) ^ set(section['fields'])}")
    assert wrong == []


def test_every_section_is_whole_and_speaks_of_a_model_that_exists():
    labels = {m._meta.label for m in _models()}
    for name, section in _sections().items():
        assert name in labels, name
        assert set(section) == {"what", "why", "level", "keeps", "log", "fields"}, name
        assert section["level"] in LEVELS, name
        assert section["log"] in {"never", "id"}, name
        assert any(c.isdigit() for c in section["keeps"]) or section["keeps"].startswith(
            ("while ", "until ")
        ), name


def test_ids_are_random():
    wrong = [
        m._meta.label
        for m in _models()
        if not isinstance(m._meta.pk, RandomIdField) and m._meta.label not in OWN_KEY
        if not isinstance(m._meta.pk, models.OneToOneField)
    ]
    assert wrong == []


def test_no_column_writes_down_when_by_itself():
    wrong = [
        f"{m._meta.label}.{f.name}"
        for m in _models()
        for f in m._meta.get_fields()
        if getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False)
    ]
    assert wrong == []


def test_rows_of_an_organisation_stay_behind_the_second_lock():
    wrong = []
    for model in _models():
        if any(f.name == "organisation" and f.concrete for f in model._meta.get_fields()) and not (
            issubclass(model, OrganisationRow)
            and isinstance(model._meta.default_manager, InsideOrganisation)
            and isinstance(model._meta.base_manager, InsideOrganisation)
        ):
            wrong.append(model._meta.label)
    assert wrong == []


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
