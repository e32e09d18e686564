"""What can be done to an organisation."""

import datetime as dt
from typing import Any

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.ids import new_token
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.organisations import rules
from holdspace.organisations.beginning import beginning_tag
from holdspace.organisations.models import Beginning, Organisation
from holdspace.organisations.queries import free_slug, is_set_up
from holdspace.organisations.tallies import Counted, clear_tallies, count_one
from holdspace.vault.scopes import open_scope

__all__ = ["Counted", "clear_tallies", "count_one"]

By = Viewer | str

BEGINNING_LASTS = dt.timedelta(days=30)

SETTINGS = frozenset(
    {
        "name", "host", "sentence", "country", "zone", "languages", "yarn", "leave_to", "contact",
        "mail_name", "age_rule", "adult_from", "minors_from", "wants_second_facilitator",
    }
)  # fmt: skip


@act
def open_organisation(
    *,
    by: object,
    name: str,
    slug: str,
    country: str = "GB",
    zone: str = "Europe/London",
    host: str = "",
) -> Organisation:
    """Make an organisation with a scope of its own; its groups are not open to the public yet.

    The first of an installation also answers names that nobody owns.
    Raises IntegrityError when the slug or the host is taken.
    """
    made = Organisation(
        name=name, slug=slug, country=country, zone=zone, host=host, scope=open_scope()
    )
    made.first = not is_set_up()
    made.save(force_insert=True)
    record(made.scope, "organisations.opened", actor=by)
    return made


@act
def make_beginning(*, by: object) -> str:
    """A new one-time token to set up an empty installation; an older one no longer works.

    Raises Refused when an organisation is there already.
    """
    demand(rules.may_begin())
    token = new_token()
    Beginning.objects.all().delete()
    Beginning.objects.create(
        token_tag=beginning_tag(token), lapses_on=clock.today() + BEGINNING_LASTS
    )
    return token


@act
def use_beginning(*, by: object, token: str, name: str, country: str, zone: str) -> Organisation:
    """Make the first organisation of an installation with its one-time token; it works once.

    Raises Refused when the token is not right or something is set up already.
    """
    list(Beginning.objects.select_for_update())  # who comes second waits, and finds it gone
    demand(rules.may_begin_with(token))
    Beginning.objects.all().delete()
    slug = free_slug(name)
    return open_organisation(by=by, name=name, slug=slug, country=country, zone=zone)


@act
def forget_lapsed_beginning(*, by: object) -> int:
    """The clock's: a link that nobody used within its days; how many there were."""
    return Beginning.objects.filter(lapses_on__lt=clock.today()).delete()[0]


@act
def change_settings(*, by: By, organisation: Organisation, **settings: Any) -> Organisation:
    """Change settings by name. Raises TypeError for a name that is no setting."""
    demand(rules.may_run(by, organisation))
    unknown = set(settings) - SETTINGS
    if unknown:
        raise TypeError(f"no such setting: {', '.join(sorted(unknown))}")
    changed = sorted(k for k, v in settings.items() if getattr(organisation, k) != v)
    for name in changed:
        setattr(organisation, name, settings[name])
    organisation.save(update_fields=changed or None)
    record(organisation.scope, "organisations.settings_changed", actor=by, names=changed)
    return organisation


@act
def set_cover(*, by: By, organisation: Organisation, hours: list[list[Any]]) -> Organisation:
    """Say when a person is there to read: [weekday 0-6, "18:00", "22:00"] each.

    Raises ValueError for a time that is none, or an end before its start.
    """
    demand(rules.may_run(by, organisation))
    for day, start, end in hours:
        first, last = dt.time.fromisoformat(start), dt.time.fromisoformat(end)
        if not 0 <= int(day) <= 6 or first >= last:  # noqa: PLR2004 -- Monday to Sunday
            raise ValueError("an hour of cover ends after it starts, on a day of the week")
    organisation.cover = sorted([int(day), start, end] for day, start, end in hours)
    organisation.save(update_fields=["cover"])
    record(organisation.scope, "organisations.cover_set", actor=by, hours=organisation.cover)
    return organisation


@act
def open_doors(*, by: By, organisation: Organisation) -> Organisation:
    """Open the groups to the public, when the gate's list is done."""
    demand(rules.may_open_doors(by, organisation))
    return _open(by, organisation, "organisations.doors_opened")


@act
def open_demonstration(*, by: By, organisation: Organisation) -> Organisation:
    """Open the doors of a demonstration: everything in it is invented."""
    demand(rules.may_open_demonstration(by))
    return _open(by, organisation, "organisations.demonstration_opened")


def _open(by: By, organisation: Organisation, kind: str) -> Organisation:
    organisation.opened_on, organisation.closed_on = clock.today(), None
    organisation.save(update_fields=["opened_on", "closed_on"])
    record(organisation.scope, kind, actor=by)
    announce("organisations.doors_opened", organisation=organisation.id)
    return organisation


@act
def close_doors(*, by: By, organisation: Organisation, reason: str) -> Organisation:
    """Close the groups to the public again; members keep their groups."""
    demand(rules.may_run(by, organisation))
    organisation.closed_on = clock.today()
    organisation.save(update_fields=["closed_on"])
    record(organisation.scope, "organisations.doors_closed", actor=by, reason=reason)
    announce("organisations.doors_closed", organisation=organisation.id)
    return organisation
